using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace DomainVerification.Proofs.DnsOverHttps.Internal;

/// <summary>
/// What the factory has to know of the handlers of DNS over HTTPS. It also builds them where the host has taken all filters out, as some do
/// to be rid of logs.
/// </summary>
internal sealed class DnsOverHttpsOptions(IServiceProvider services) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (name?.StartsWith(DnsOverHttpsClients.Prefix, StringComparison.Ordinal) != true)
        {
            return;
        }

        // Handlers are replaced so that names are looked up anew. Here the address is fixed.
        options.HandlerLifetime = Timeout.InfiniteTimeSpan;
        options.SuppressHandlerScope = true;
        options.HttpMessageHandlerBuilderActions.Clear();
        options.HttpMessageHandlerBuilderActions.Add(builder => services.GetRequiredService<DnsOverHttpsServers>().TryBuild(builder));
    }
}
