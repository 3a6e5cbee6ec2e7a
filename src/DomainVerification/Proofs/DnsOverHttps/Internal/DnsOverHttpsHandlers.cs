using DomainVerification.Dns;

namespace DomainVerification.Proofs.DnsOverHttps.Internal;

/// <summary>Has the factory make the handlers of DNS over HTTPS, and takes what comes out only as it was put in.</summary>
internal sealed class DnsOverHttpsHandlers(IHttpMessageHandlerFactory factory, DnsOverHttpsServers servers)
{
    /// <summary>
    /// The handler of a server, which the factory keeps; null where the options do not have the server, since the factory keeps what it
    /// made for good.
    /// </summary>
    /// <exception cref="InvalidOperationException">The host has changed how the factory makes handlers.</exception>
    public HttpMessageHandler? Find(DnsServerEndpoint server)
    {
        if (!servers.TryName(server, out var name))
        {
            return null;
        }

        var handler = factory.CreateHandler(name);
        return HttpsHandler.IsFor(server, Inside(handler))
            ? handler
            : throw new InvalidOperationException(
                $"The host has changed the handler of the HTTP client '{name}'. Queries to a DNS server go through none but the SDK's own: leave " +
                $"clients whose names begin with '{DnsOverHttpsClients.Prefix.Trim()}' out of what replaces {nameof(IHttpMessageHandlerFactory)} " +
                "or its builder, and out of filters that are put before those of AddDomainVerification().");
    }

    /// <summary>The handler inside what the factory itself wraps around, to know who uses it and to write logs.</summary>
    private static HttpMessageHandler Inside(HttpMessageHandler handler)
    {
        var inside = handler;
        while (inside is DelegatingHandler { InnerHandler: { } inner } && inside.GetType().Assembly == typeof(IHttpMessageHandlerFactory).Assembly)
        {
            inside = inner;
        }

        return inside;
    }
}
