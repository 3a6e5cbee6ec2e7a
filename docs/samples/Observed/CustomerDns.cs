using DomainVerification.Testing;

namespace Observed;

/// <summary>The customer's DNS: a server on loopback in this process, so that the sample needs no internet.</summary>
internal sealed class CustomerDns : IAsyncDisposable
{
    private readonly LoopbackDnsServer _server;

    public CustomerDns(string domain)
    {
        var world = new DnsWorld();
        world.Zone(domain);
        _server = LoopbackDnsServer.Start(world);
    }

    public string Address => $"{_server.Endpoint}";

    /// <summary>What the customer does in the panel of its DNS provider.</summary>
    public void Publish(TextRecord record) => _server.World.ZoneOf(record.Name).Txt(record.Name + ".", record.Value);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>A TXT record.</summary>
internal sealed record TextRecord(string Name, string Value);
