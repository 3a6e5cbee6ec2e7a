using System.Net;
using DomainVerification.Dns;
using DomainVerification.Proofs.Http.Internal;
using DomainVerification.Testing;
using DomainVerification.Tests.Proofs.Http;
using Microsoft.Extensions.DependencyInjection;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Diagnostics;

/// <summary>For each diagnosis of a file the web server, or the DNS, that causes it.</summary>
internal static class FileDiagnosisScenarios
{
    public static Func<Task<ProofReport>> Of(string code) => code switch
    {
        Codes.HostNotFound => () => Check(world => world.Dns.Zone(FileWorld.Host).Remove("@", DnsRecordType.A)),
        Codes.HostLookupFailed => () => Check(world => ((InMemoryDnsResolver)world.Resolver).Faults.Add(DnsFault.ServFail())),
        Codes.AddressRefused => () => Check(world =>
            world.Dns.Zone(FileWorld.Host).Remove("@", DnsRecordType.A).Address("@", IPAddress.Parse("10.0.0.1"))),
        Codes.ConnectTimedOut => () => Dialled(Codes.ConnectTimedOut),
        Codes.ConnectionRefused => () => Dialled(Codes.ConnectionRefused),
        Codes.HostUnreachable => () => Check(
            _ => { },
            builder => builder.Services.AddSingleton(new FileCheckRoute(80, 443, null) { Address = IPAddress.Broadcast })),
        Codes.ReadTimedOut => StalledAsync,
        Codes.ConnectionBroken => () => Check(world => world.Fault(WebFault.Close())),
        Codes.TlsFailed => () => Check(world => world.Record = world.Record with { Name = $"https://{FileWorld.Host}{FileWorld.Path}" }),
        Codes.MalformedResponse => () => Check(world => world.Fault(WebFault.EndlessHeaders())),
        Codes.FileNotFound => () => Check(_ => { }),
        Codes.WrongStatus => () => Check(world => world.Fault(WebFault.Status(403))),
        Codes.WebServerFailure => () => Check(world => world.Fault(WebFault.Status(503))),
        Codes.ContentMismatch => () => Check(world => world.Put("token=other")),
        Codes.FileTooLarge => () => Check(world => world.Put(new string('x', 1025))),
        Codes.RedirectRefused => () => Redirected("ftp://acme.example/"),
        Codes.RedirectLoop => () => Redirected(FileWorld.Path),
        Codes.TooManyRedirects => () => Check(world =>
        {
            world.Web.Redirect(FileWorld.Host, FileWorld.Path, "/1");
            for (var i = 1; i <= HttpFileProofOptions.MaximumRedirects; i++)
            {
                world.Web.Redirect(FileWorld.Host, $"/{i}", $"/{i + 1}");
            }
        }),
        _ => throw new InvalidOperationException($"The code {code} has no scenario."),
    };

    private static Task<ProofReport> Redirected(string target) =>
        Check(world => world.Web.Redirect(FileWorld.Host, FileWorld.Path, target));

    private static async Task<ProofReport> Check(Action<FileWorld> arrange, Action<DomainVerificationBuilder>? build = null)
    {
        await using var world = new FileWorld(build: build);
        arrange(world);
        return await world.CheckAsync();
    }

    private static async Task<ProofReport> StalledAsync()
    {
        var clock = new ManualTimeProvider();
        await using var world = new FileWorld { Clock = clock }.Fault(WebFault.Stall());
        var checking = world.CheckAsync();
        await world.Web.WaitForRequestsAsync(1, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        clock.Advance(TimeSpan.FromSeconds(10));
        return await checking;
    }

    /// <summary>How the sockets come to this is shown by <see cref="FileConnectionTests"/>.</summary>
    private static Task<ProofReport> Dialled(string code) => Task.FromResult(new ProofReport
    {
        Outcome = FileDiagnosis.Outcome(code),
        Diagnosis = FileDiagnosis.Of(new FileEnd(code, new Uri($"http://{FileWorld.Host}{FileWorld.Path}"), "9.9.9.9:80")),
        CheckedAt = default,
    });
}
