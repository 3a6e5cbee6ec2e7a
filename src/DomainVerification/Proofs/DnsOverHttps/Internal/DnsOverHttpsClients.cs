using DomainVerification.Dns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace DomainVerification.Proofs.DnsOverHttps.Internal;

/// <summary>
/// The HTTP clients of DNS over HTTPS, one for each server of the options, whose handlers the host's factory makes and keeps. They reach
/// their server and nothing else: what the host sets for all its clients, or for one of these by its name, does not apply to them.
/// </summary>
internal static class DnsOverHttpsClients
{
    /// <summary>What the names of the clients begin with. The server follows, as it is written in the options, with its port.</summary>
    public const string Prefix = "DomainVerification.DnsOverHttps ";

    public static void Add(IServiceCollection services)
    {
        services.AddHttpClient();
        services.AddSingleton<DnsOverHttpsServers>();
        services.AddSingleton<DnsOverHttpsHandlers>();
        services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>, DnsOverHttpsOptions>();

        // The first filter is the outermost one, so that it decides whether the others see the handler.
        services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, DnsOverHttpsFilter>());
    }

    /// <summary>What finds the handlers, which are made when they are first asked for.</summary>
    public static Func<DnsServerEndpoint, HttpMessageHandler?> Handlers(IServiceProvider provider) =>
        server => provider.GetRequiredService<DnsOverHttpsHandlers>().Find(server);
}
