using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using DomainVerification.Dns;
using DomainVerification.Tests.Https;
using DomainVerification.Tests.Tls;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DomainVerification.Tests.Proofs.DnsOverHttps;

/// <summary>A host with servers over HTTPS, and what they were asked.</summary>
internal sealed class DnsOverHttpsWorld : IAsyncDisposable
{
    public const string ServerName = "dns.example";
    public const string Prefix = "DomainVerification.DnsOverHttps ";

    private static readonly DnsQuestion Question = new(DnsName.Parse("a.example.com"), DnsRecordType.TXT);

    private readonly List<HttpsServer> _servers = [];
    private readonly Lazy<ServiceProvider> _services;

    /// <param name="build">Shapes the host.</param>
    /// <param name="before">Shapes the host before the SDK is added.</param>
    /// <param name="wrap">Stands between the host's factory and those who ask it, who are recorded.</param>
    public DnsOverHttpsWorld(
        Action<DomainVerificationBuilder>? build = null,
        Action<IServiceCollection>? before = null,
        Func<HttpMessageHandler, HttpMessageHandler>? wrap = null) => _services = new Lazy<ServiceProvider>(() =>
        {
            var services = new ServiceCollection();
            before?.Invoke(services);
            var builder = services.AddDomainVerification().ConfigureDns(dns =>
            {
                dns.Servers = Servers;
                dns.TryTimeout = TimeSpan.FromSeconds(10);
                dns.FailureRetention = TimeSpan.Zero;
                dns.TrustOnly(Authority.Certificate);
            });
            build?.Invoke(builder);
            var made = services.Last(service => service.ServiceType == typeof(IHttpMessageHandlerFactory)).ImplementationFactory!;
            services.Replace(ServiceDescriptor.Singleton<IHttpMessageHandlerFactory>(provider =>
                Factory = new RecordingFactory((IHttpMessageHandlerFactory)made(provider), wrap ?? (handler => handler))));
            return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        });

    public TestAuthority Authority { get; } = new();

    /// <summary>As in the options; to be filled before the first look-up.</summary>
    public List<string> Servers { get; } = [];

    /// <summary>The requests that servers got.</summary>
    public ConcurrentQueue<IHeaderDictionary> Requests { get; } = [];

    /// <summary>Who stands in front of the host's factory; null as long as nobody wanted it.</summary>
    public RecordingFactory? Factory { get; private set; }

    public IServiceProvider Services => _services.Value;

    public ConfiguredServersResolver Resolver => Services.GetRequiredService<ConfiguredServersResolver>();

    /// <summary>Starts a server that answers with a text of its own.</summary>
    public async Task<HttpsServer> StartAsync(string text = "there", X509Certificate2? certificate = null)
    {
        var server = await HttpsServer.StartAsync(certificate ?? Authority.Issue(ServerName), (context, query) =>
        {
            Requests.Enqueue(context.Request.Headers);
            return AnswerAsync(context, query, text);
        });
        _servers.Add(server);
        return server;
    }

    /// <summary>Starts a server and adds it to the options.</summary>
    public async Task<HttpsServer> AddServerAsync(string text = "there", X509Certificate2? certificate = null)
    {
        var server = await StartAsync(text, certificate);
        Servers.Add(Notation(server));
        return server;
    }

    public static string Notation(HttpsServer server, string address = "127.0.0.1", string path = "/dns-query") =>
        $"https://{address}:{server.Port}{path}#{ServerName}";

    public async Task<DnsLookup> ResolveAsync() => await Resolver.ResolveAsync(Question, CancellationToken.None);

    public async Task<DnsLookup> ResolveAtAsync(string server) =>
        await Resolver.ResolveAtAsync(DnsServerEndpoint.Parse(server), Question, CancellationToken.None);

    /// <summary>What a look-up brought, or went wrong with.</summary>
    public static string Outcome(DnsLookup lookup) => lookup.Status == DnsLookupStatus.Answered
        ? ((DnsTxtRecord)Assert.Single(lookup.Records)).Text
        : Assert.Single(lookup.Attempts).Detail!;

    /// <summary>Frees the host, as its end does.</summary>
    public ValueTask StopAsync() => _services.IsValueCreated ? _services.Value.DisposeAsync() : ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        Authority.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context, byte[] query, string text)
    {
        Assert.True(DnsMessageReader.TryRead(query, out var read, out _));
        context.Response.ContentType = "application/dns-message";
        await context.Response.Body.WriteAsync(DnsMessageWriter.Write(new DnsMessage
        {
            Id = read.Id,
            Flags = DnsHeaderFlags.Response | DnsHeaderFlags.RecursionAvailable,
            Questions = read.Questions,
            Answers = [new DnsTxtRecord(read.Question!.Name, TimeSpan.FromMinutes(1), text)],
            Edns = new DnsEdns(),
        }));
    }

    internal sealed class RecordingFactory(IHttpMessageHandlerFactory factory, Func<HttpMessageHandler, HttpMessageHandler> wrap)
        : IHttpMessageHandlerFactory
    {
        public ConcurrentQueue<(string Name, HttpMessageHandler Handler)> Made { get; } = [];

        public IEnumerable<string> Names => Made.Select(made => made.Name);

        public HttpMessageHandler CreateHandler(string name)
        {
            var handler = wrap(factory.CreateHandler(name));
            Made.Enqueue((name, handler));
            return handler;
        }
    }
}
