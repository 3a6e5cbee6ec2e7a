using System.Net;
using System.Net.Http.Headers;
using DomainVerification.Dns;
using DomainVerification.Proofs.Http.Internal;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs.Http;

/// <summary>Whoever asks for a check chooses the host, and by a redirect the whole URL: nothing but public web servers is reached by it.</summary>
public class ServerSideRequestTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("192.0.2.1")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:9.9.9.9")]
    [InlineData("64:ff9b::909:909")]
    public async Task HostWithoutAPublicAddress_IsNotConnectedTo(string address)
    {
        await using var world = new FileWorld().Put();
        world.Dns.Zone(FileWorld.Host).Remove("@", DnsRecordType.A);
        Publish(world, FileWorld.Host, address);

        var report = await world.AssertAsync(ProofOutcome.NotProved, AddressRefused);

        Assert.Empty(world.Web.Requests);
        Assert.DoesNotContain(address, report.Diagnosis.Message + report.Observations[0].Server, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostWithBoth_OnlyThePublicOneIsConnectedTo()
    {
        await using var world = new FileWorld().Put();
        world.Dns.Zone(FileWorld.Host).Address("@", IPAddress.Parse("10.0.0.1")).Address("@", IPAddress.Parse("fd00::1"));

        var report = await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal("9.9.9.9:80", report.Evidence!.Server);
    }

    [Fact]
    public async Task HostWithBothFamilies_Ipv6IsTriedFirst()
    {
        await using var world = new FileWorld().Put();
        world.Dns.Zone(FileWorld.Host).Address("@", IPAddress.Parse("2620:fe::fe"));

        var report = await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal("[2620:fe::fe]:80", report.Evidence!.Server);
    }

    [Theory]
    [InlineData("http://10.0.0.1/x", RedirectRefused)]
    [InlineData("http://[::1]/x", RedirectRefused)]
    [InlineData("http://inside.example/x", AddressRefused)]
    public async Task RedirectToTheInside_IsNotFollowed(string target, string code)
    {
        await using var world = new FileWorld();
        Publish(world, "inside.example", "10.0.0.1");
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, target).Put("inside.example", "/x", FileWorld.Content);

        await world.AssertAsync(ProofOutcome.NotProved, code);

        Assert.Single(world.Web.Requests);
    }

    [Fact]
    public async Task PublicIpv6Literal_IsFollowed()
    {
        await using var world = new FileWorld();
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, "http://[2620:fe::fe]/x").Put("[2620:fe::fe]", "/x", FileWorld.Content);

        await world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    /// <summary>The name answers with a public address when it is checked, and with an inner one when asked again.</summary>
    [Fact]
    public async Task NameThatRebinds_IsAskedOnceForAConnection()
    {
        var rebinding = new RebindingResolver("9.9.9.9", "127.0.0.1");
        await using var world = new FileWorld { Resolver = rebinding };
        world.Put();

        await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal(1, rebinding.Asked);
    }

    [Fact]
    public async Task NameThatRebinds_BetweenRedirects_IsRefused()
    {
        await using var world = new FileWorld { Resolver = new RebindingResolver("9.9.9.9", "127.0.0.1") };
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, "/again").Put(FileWorld.Host, "/again", FileWorld.Content);

        await world.AssertAsync(ProofOutcome.NotProved, AddressRefused);

        Assert.Single(world.Web.Requests);
    }

    /// <summary>The second gate: whatever found the address.</summary>
    [Fact]
    public async Task Dial_InnerAddress_IsRefused()
    {
        await using var world = new FileWorld().Put();
        var client = world.Services.GetRequiredService<FileClient>();

        var answer = await client.GetAsync(new Uri(world.Record.Name), [IPAddress.Parse("10.0.0.1")], false, default);

        Assert.Equal(AddressRefused, answer.Code);
        Assert.Empty(world.Web.Requests);
    }

    [Theory]
    [InlineData(FileClients.AnyCertificate)]
    [InlineData(FileClients.Strict)]
    public async Task Client_UsedForAnythingElse_ReachesNothing(string name)
    {
        await using var world = new FileWorld().Put();
        using var client = world.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://127.0.0.1:{world.Web.HttpPort}/")));

        Assert.Empty(world.Web.Requests);
    }

    /// <summary>Hosts turn on service discovery, resilience, proxies, tracing and credentials for all of their clients at once.</summary>
    [Theory]
    [InlineData("defaults")]
    [InlineData("all")]
    [InlineData("name")]
    [InlineData("filter")]
    [InlineData("no filters")]
    public async Task DefaultsOfTheHostForItsClients_DoNotApply(string how)
    {
        await using var world = new FileWorld(build: builder => Intrude(builder.Services, how));
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, "http://10.0.0.1/");

        await world.AssertAsync(ProofOutcome.NotProved, RedirectRefused);

        Assert.Equal(["Accept", "Connection", "Host", "User-Agent"], Assert.Single(world.Web.Requests).Headers.Keys.Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Handler_HasNothingThatReachesFurther(bool isStrict)
    {
        using var handler = FileClients.Handler(isStrict, null);

        Assert.Equal(
            (false, false, false, DecompressionMethods.None),
            (handler.UseProxy, handler.AllowAutoRedirect, handler.UseCookies, handler.AutomaticDecompression));
        Assert.Equal((8, 0, TimeSpan.Zero), (handler.MaxResponseHeadersLength, handler.MaxResponseDrainSize, handler.PooledConnectionLifetime));
        Assert.Null(handler.ActivityHeadersPropagator);
        Assert.Null(handler.Credentials);
        Assert.NotNull(handler.ConnectCallback);
        Assert.True(handler.SslOptions.CertificateChainPolicy!.DisableCertificateDownloads);
        Assert.Equal(isStrict, handler.SslOptions.RemoteCertificateValidationCallback is null);
    }

    [Fact]
    public async Task TestRoute_CannotBeConfigured()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["DomainVerification:Http:RouteFileChecksToLoopbackForTesting"] = "80",
            })
            .Build());
        services.AddDomainVerification();
        await using var provider = services.BuildServiceProvider();

        Assert.Empty(provider.GetServices<FileCheckRoute>());
        var failure = Assert.ThrowsAny<Exception>(provider.GetRequiredService<IHttpProofChecker>);
        Assert.Contains("RouteFileChecksToLoopbackForTesting is no option", failure.Message, StringComparison.Ordinal);
    }

    private static void Intrude(IServiceCollection services, string how)
    {
        switch (how)
        {
            case "all":
                services.ConfigureAll<HttpClientFactoryOptions>(options =>
                {
                    options.HttpClientActions.Add(client => client.DefaultRequestHeaders.Add("X-Key", "secret"));
                    options.HttpMessageHandlerBuilderActions.Add(handlers => handlers.AdditionalHandlers.Add(new CredentialHandler()));
                });
                break;
            case "name":
                Intrude(services.AddHttpClient(FileClients.AnyCertificate));
                break;
            case "filter":
                services.AddSingleton<IHttpMessageHandlerBuilderFilter, CredentialFilter>();
                break;
            default:
                if (how == "no filters")
                {
                    services.RemoveAll<IHttpMessageHandlerBuilderFilter>();
                }

                services.ConfigureHttpClientDefaults(Intrude);
                break;
        }
    }

    private static void Intrude(IHttpClientBuilder client) => client
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = true })
        .ConfigureHttpClient(its => its.DefaultRequestHeaders.Add("X-Key", "secret"))
        .AddHttpMessageHandler(() => new CredentialHandler());

    private static void Publish(FileWorld world, string host, string address)
    {
        var parsed = IPAddress.Parse(address);
        world.Dns.Zone(host).Add(parsed.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? new DnsARecord(DnsName.Parse(host), TimeSpan.FromMinutes(1), parsed)
            : new DnsAaaaRecord(DnsName.Parse(host), TimeSpan.FromMinutes(1), parsed));
    }

    private sealed class CredentialHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class CredentialFilter : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.AdditionalHandlers.Add(new CredentialHandler());
        };
    }

    private sealed class RebindingResolver(params string[] addresses) : IDnsResolver
    {
        public int Asked { get; private set; }

        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            if (question.Type != DnsRecordType.A)
            {
                return ValueTask.FromResult(new DnsLookup { Status = DnsLookupStatus.NoData, Question = question });
            }

            var address = IPAddress.Parse(addresses[Math.Min(Asked++, addresses.Length - 1)]);
            return ValueTask.FromResult(new DnsLookup
            {
                Status = DnsLookupStatus.Answered,
                Question = question,
                Records = [new DnsARecord(question.Name, TimeSpan.Zero, address)],
            });
        }
    }
}
