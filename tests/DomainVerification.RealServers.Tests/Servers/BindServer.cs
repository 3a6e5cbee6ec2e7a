namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>ISC BIND 9: zones by <c>rndc addzone</c>, records by dynamic update with TSIG.</summary>
public class BindServer : AuthoritativeServer
{
    private const string KeyFile = "update.key";

    private int _controlPort;

    private protected override string Program => "named";

    private protected virtual string MoreOptions => string.Empty;

    private protected virtual string Statements => string.Empty;

    internal override async Task PublishAsync(ServerZone zone, IReadOnlyList<string> records)
    {
        // Over TCP it waits as long as a busy machine needs; over UDP it gives up after a few seconds.
        await Command.RunAsync("nsupdate", ["-v", "-k", PathOf(KeyFile)], Update(zone, records));
        await WaitForAsync(zone);
    }

    private protected override Task ServeAsync(ServerZone zone)
    {
        var options = $$"""{ type primary; file "{{FileOf(zone)}}"; allow-update { key update; }; };""";
        return Command.RunAsync(
            "rndc",
            ["-s", "127.0.0.1", "-p", $"{_controlPort}", "-k", PathOf(KeyFile), "addzone", zone.Origin, options]);
    }

    private protected override IEnumerable<string> Arguments() => ["-g", "-n", "1", "-c", PathOf("named.conf")];

    private protected override void WriteConfiguration()
    {
        _controlPort = LoopbackPort.FindFree();
        Write(KeyFile, $$"""key update { algorithm hmac-sha256; secret "{{TransactionKey.Secret}}"; };""");
        Write(
            "named.conf",
            $$"""
            include "{{PathOf(KeyFile)}}";
            {{Statements}}
            controls { inet 127.0.0.1 port {{_controlPort}} allow { 127.0.0.1; } keys { update; }; };
            options {
                directory "{{Folder}}";
                pid-file none;
                session-keyfile none;
                listen-on port {{Endpoint.Port}} { {{Endpoint.Address}}; };
                listen-on-v6 { none; };
                recursion no;
                dnssec-validation no;
                empty-zones-enable no;
                notify no;
                allow-new-zones yes;
                server-id "{{Identity}}";
                {{MoreOptions}}
            };

            """);
    }
}
