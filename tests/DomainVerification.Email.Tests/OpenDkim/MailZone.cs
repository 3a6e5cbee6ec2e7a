using DomainVerification.RealServers.Tests.Servers;

namespace DomainVerification.Email.Tests.OpenDkim;

/// <summary>A customer's zone on a real server, edited as customers do.</summary>
internal sealed class MailZone(KnotServer server, ServerZone zone)
{
    public string Name => zone.Name;

    public Task PublishAsync(IEnumerable<SendingRecord> records) =>
        zone.AddAsync([.. records.DistinctBy(record => (record.Type, record.Name)).Select(Text)]);

    public Task PublishAsync(IEnumerable<HostKeyRecord> records) =>
        zone.AddAsync([.. records.Select(record => $"{record.Name}. 60 IN TXT {Strings(record.Value)}")]);

    /// <summary>Takes a record away; it is gone when this ends, since the server answers only after it has changed the zone.</summary>
    public Task RemoveAsync(SendingRecord record) => Command.RunAsync(
        "knsupdate",
        ["-y", $"hmac-sha256:update:{TransactionKey.Secret}"],
        $"""
        server {server.Endpoint.Address} {server.Endpoint.Port}
        zone {zone.Name}.
        update delete {record.Name}. {record.Type}
        send

        """);

    private static string Text(SendingRecord record) => record.Type switch
    {
        "TXT" => $"{record.Name}. 60 IN TXT {Strings(record.Value)}",
        "MX" => $"{record.Name}. 60 IN MX {record.Priority} {record.Value}.",
        _ => $"{record.Name}. 60 IN {record.Type} {record.Value}.",
    };

    private static string Strings(string value) =>
        string.Join(' ', value.Chunk(255).Select(part => $"\"{new string(part)}\""));
}
