using System.Net;
using System.Security.Cryptography.X509Certificates;
using DomainVerification.Dns;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Tests.Proofs.Http;

/// <summary>One challenge of one claim to acme.example by a file, with the DNS and the web server that it is looked for in.</summary>
internal sealed class FileWorld : IAsyncDisposable
{
    public const string Token = CheckWorld.Token;
    public const string Host = "acme.example";
    public const string Path = "/.well-known/host-challenge/1d";
    public const string Content = "token=" + Token;

    /// <summary>No packet goes there.</summary>
    public static readonly IPAddress Public = IPAddress.Parse("9.9.9.9");

    private readonly Lazy<ServiceProvider> _services;

    public FileWorld(
        X509Certificate2? certificate = null,
        Action<DomainVerificationBuilder>? build = null,
        Action<HttpFileProofOptions>? configure = null)
    {
        Web = LoopbackWebServer.Start(new LoopbackWebServerOptions { CertificateNames = [Host], Certificate = certificate });
        Dns.Zone(Host).Address("@", Public);
        Resolver = new InMemoryDnsResolver(Dns);
        _services = new Lazy<ServiceProvider>(() =>
        {
            var services = new ServiceCollection();
            services.AddSingleton<TimeProvider>(Clock);
            var builder = services.AddDomainVerification()
                .UseDnsResolver(Resolver)
                .ConfigureHttp(options =>
                {
                    options.Retries = 0;
                    configure?.Invoke(options);
                })
                .RouteFileChecksToLoopbackForTesting(Web.HttpPort, Web.HttpsPort, Authority);
            build?.Invoke(builder);
            return services.BuildServiceProvider();
        });
    }

    public DnsWorld Dns { get; } = new();

    public LoopbackWebServer Web { get; }

    public IDnsResolver Resolver { get; set; }

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>What certificates must come from where they must be valid.</summary>
    public X509Certificate2? Authority { get; set; }

    public ChallengeRecord Record { get; set; } = new()
    {
        Method = ProofMethod.HttpFile,
        Name = $"http://{Host}{Path}",
        ValueFormat = "token={token} expiry=2026-11-29",
        TimeToLive = TimeSpan.Zero,
    };

    public IReadOnlyList<SpentToken> Spent { get; set; } = [];

    public IServiceProvider Services => _services.Value;

    /// <summary>Serves a file at the URL of the challenge.</summary>
    public FileWorld Put(string content = Content)
    {
        Web.Put(Host, Path, content);
        return this;
    }

    public FileWorld Fault(WebFault fault)
    {
        Put();
        Web.Faults.Add(fault);
        return this;
    }

    public Task<ProofReport> CheckAsync(CancellationToken cancellationToken = default) =>
        Services.GetRequiredService<IHttpProofChecker>().CheckAsync(ProofRequests.For(Host, Record, spent: Spent), cancellationToken).AsTask();

    /// <summary>Checks, and sees that the report is sound: what the server sent stands nowhere in it.</summary>
    public async Task<ProofReport> AssertAsync(ProofOutcome outcome, string code)
    {
        var report = await CheckAsync();
        Assert.Equal((outcome, code), (report.Outcome, report.Diagnosis.Code));
        Assert.Equal(outcome == ProofOutcome.Proved, report.Evidence is not null);
        Assert.All(report.Observations, observation => Assert.Empty(observation.Values));
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        if (_services.IsValueCreated)
        {
            await _services.Value.DisposeAsync();
        }

        await Web.DisposeAsync();
    }
}
