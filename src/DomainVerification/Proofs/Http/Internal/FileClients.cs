using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>
/// The two HTTP clients of file checks. They reach what a check tells them and nothing else: what the host sets for all its clients, such
/// as handlers, filters, proxies or service discovery, does not apply to them.
/// </summary>
internal static class FileClients
{
    /// <summary>Takes any certificate, as after a redirect from http, which proves nothing of the server anyway.</summary>
    public const string AnyCertificate = "DomainVerification.Files";

    public const string Strict = "DomainVerification.Files.Strict";

    private const int MaximumHeaderKilobytes = 8;

    public static void Add(IServiceCollection services)
    {
        Add(services, AnyCertificate);
        Add(services, Strict);

        // The first filter is the outermost one, so that it decides whether the others see the handler.
        services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, FileClientsFilter>());
    }

    /// <summary>Gives a builder the handler of a client and nothing more; false, and nothing done, where the client is none of these.</summary>
    public static bool TryBuild(HttpMessageHandlerBuilder builder)
    {
        if (builder.Name is not (AnyCertificate or Strict))
        {
            return false;
        }

        var handler = Handler(builder.Name == Strict, builder.Services.GetServices<FileCheckRoute>().LastOrDefault());
        handler.MeterFactory = builder.Services.GetService<IMeterFactory>();
        builder.PrimaryHandler = handler;
        builder.AdditionalHandlers.Clear();
        return true;
    }

    private static void Add(IServiceCollection services, string name)
    {
        services.AddHttpClient(name).RemoveAllLoggers();
        services.PostConfigure<HttpClientFactoryOptions>(name, SetAll);
    }

    /// <summary>Says all of a client, whatever was said before. The handler is built here where the host has taken all filters out.</summary>
    private static void SetAll(HttpClientFactoryOptions options)
    {
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        options.HttpClientActions.Clear();
        options.HttpClientActions.Add(SetUp);
        options.HttpMessageHandlerBuilderActions.Clear();
        options.HttpMessageHandlerBuilderActions.Add(builder => TryBuild(builder));
    }

    private static void SetUp(HttpClient client)
    {
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestVersion = HttpVersion.Version11;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.DefaultRequestHeaders.ConnectionClose = true;

        // Some filters in front of web servers refuse requests that have neither.
        client.DefaultRequestHeaders.Accept.ParseAdd("*/*");
        client.DefaultRequestHeaders.UserAgent.ParseAdd("DomainVerification");
    }

    internal static SocketsHttpHandler Handler(bool isStrict, FileCheckRoute? route) => new()
    {
        ConnectCallback = PinnedDial.ConnectAsync,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        Credentials = null,
        PreAuthenticate = false,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaximumHeaderKilobytes,
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,

        // A connection is pinned to what was found for one request, so no other one may use it.
        PooledConnectionLifetime = TimeSpan.Zero,
        SslOptions = Tls(isStrict, route?.Authority),
    };

    [SuppressMessage("Security", "CA5359:Do not disable certificate validation", Justification = "Only where http came before.")]
    private static SslClientAuthenticationOptions Tls(bool isStrict, X509Certificate2? authority)
    {
        // Certificates name URLs to load further ones and lists of revoked ones from. The server chose them, so nothing is loaded.
        var chain = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck };
        if (authority is not null)
        {
            chain.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.CustomTrustStore.Add(authority);
        }

        return new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = chain,
            RemoteCertificateValidationCallback = isStrict ? null : static (_, _, _, _) => true,
        };
    }
}
