using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace DomainVerification.Proofs.DnsOverHttps.Internal;

/// <summary>Keeps the defaults of the host, its filters and its loggers from the handlers of DNS over HTTPS.</summary>
internal sealed class DnsOverHttpsFilter(IServiceProvider services) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        var isOurs = builder.Name?.StartsWith(DnsOverHttpsClients.Prefix, StringComparison.Ordinal) == true;
        if (!isOurs || !services.GetRequiredService<DnsOverHttpsServers>().TryBuild(builder))
        {
            next(builder);
        }
    };
}
