using DomainVerification;
using DomainVerification.Email;
using DomainVerification.Testing;

namespace QuickStart;

/// <summary>The customer's DNS: where records are published, and the server that answers for them.</summary>
internal interface ICustomerDns : IAsyncDisposable
{
    string Server { get; }

    bool PublishesByHand { get; }

    Task PublishAsync(ChallengeInstructions instructions);

    Task PublishAsync(DnsPlanRecord record);
}

/// <summary>A DNS server in this process, on a free port of loopback, that speaks real UDP and TCP.</summary>
internal sealed class EmbeddedDns(string domain) : ICustomerDns
{
    private readonly LoopbackDnsServer _server = LoopbackDnsServer.Start(WorldWith(domain));

    public string Server => _server.Endpoint.ToString();

    public bool PublishesByHand => false;

    public Task PublishAsync(ChallengeInstructions instructions)
    {
        _server.World.Zone(instructions.Zone.Value).Txt(instructions.RelativeName, instructions.RecordValue);
        return Task.CompletedTask;
    }

    public Task PublishAsync(DnsPlanRecord record)
    {
        var zone = _server.World.Zone(record.Zone);
        _ = record.Type switch
        {
            "MX" => zone.Mx(record.Name + ".", (ushort)record.Priority!.Value, record.Value + "."),
            "CNAME" => zone.Cname(record.Name + ".", record.Value + "."),
            _ => zone.Txt(record.Name + ".", record.Value),
        };
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static DnsWorld WorldWith(string domain)
    {
        var world = new DnsWorld();
        world.Zone(domain);

        // The host's own zone: what the SPF records of its customers include.
        world.Zone("mail.example").Txt("_spf", "v=spf1 ip4:192.0.2.0/24 -all");
        return world;
    }
}

/// <summary>A DNS server that exists already; a person publishes the records.</summary>
internal sealed class ExistingDns(string server) : ICustomerDns
{
    public string Server => server;

    public bool PublishesByHand => true;

    public Task PublishAsync(ChallengeInstructions instructions)
    {
        Console.WriteLine();
        Console.WriteLine(instructions.Text);
        Console.Write("  Press Enter when it is published. ");
        Console.ReadLine();
        return Task.CompletedTask;
    }

    public Task PublishAsync(DnsPlanRecord record)
    {
        Console.WriteLine();
        Console.WriteLine($"  Publish {record.Type} {record.Name} ({record.RelativeName} in {record.Zone}): {record.Priority} {record.Value}");
        Console.Write("  Press Enter when it is published. ");
        Console.ReadLine();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
