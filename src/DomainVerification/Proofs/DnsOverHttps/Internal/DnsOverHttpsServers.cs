using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using DomainVerification.Dns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace DomainVerification.Proofs.DnsOverHttps.Internal;

/// <summary>Which clients there are: as many as the options have servers over HTTPS, whoever else is asked.</summary>
internal sealed class DnsOverHttpsServers(IOptions<DnsResolverOptions> options, IServiceProvider services)
{
    private readonly Dictionary<string, DnsServerEndpoint> _servers = options.Value.Servers
        .Select(DnsServerEndpoint.Parse)
        .Where(server => server.Protocol == DnsServerProtocol.Https)
        .Distinct()
        .ToDictionary(NameOf, StringComparer.Ordinal);

    private readonly TlsConnector _connector = TlsConnector.ForHttp2(options.Value.GetTrustedRoots());

    /// <summary>The name of the client of a server; false where the options do not have the server.</summary>
    public bool TryName(DnsServerEndpoint server, [NotNullWhen(true)] out string? name)
    {
        name = NameOf(server);
        return _servers.ContainsKey(name);
    }

    /// <summary>Gives a builder the handler of a client and nothing more; false, and nothing done, where the client is none of these.</summary>
    public bool TryBuild(HttpMessageHandlerBuilder builder)
    {
        if (builder.Name is not { } name || !_servers.TryGetValue(name, out var server))
        {
            return false;
        }

        builder.PrimaryHandler = HttpsHandler.Create(server, _connector, services.GetService<IMeterFactory>());
        builder.AdditionalHandlers.Clear();
        return true;
    }

    private static string NameOf(DnsServerEndpoint server) => DnsOverHttpsClients.Prefix + server;
}
