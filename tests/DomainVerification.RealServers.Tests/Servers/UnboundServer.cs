namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>
/// NLnet Labs Unbound: a resolver that takes <c>example</c> for a zone of the given server, and everything else as it comes out of the
/// package, its cache above all.
/// </summary>
public sealed class UnboundServer(AuthoritativeServer upstream) : RealServer
{
    /// <summary>A zone whose only server is never there.</summary>
    internal const string DeadZone = "dead.example";

    private protected override string Program => "unbound";

    private protected override IEnumerable<string> Arguments() => ["-d", "-p", "-c", PathOf("unbound.conf")];

    // Waiting at most 300 ms for a server keeps the test of a dead one short.
    private protected override void WriteConfiguration() => Write(
        "unbound.conf",
        $"""
        server:
          interface: 127.0.0.1@{Endpoint.Port}
          port: {Endpoint.Port}
          do-ip6: no
          do-not-query-localhost: no
          infra-cache-max-rtt: 300
          username: ""
          chroot: ""
          directory: "{Folder}"
          use-syslog: no
          logfile: ""
          ede: yes
        remote-control:
          control-enable: no
        stub-zone:
          name: "example"
          stub-addr: 127.0.0.1@{upstream.Endpoint.Port}
        stub-zone:
          name: "{DeadZone}"
          stub-addr: 127.0.0.1@{FreePort()}

        """);
}
