namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>
/// NLnet Labs Unbound: a resolver that takes <c>example</c> for a zone of the given server, and everything else as it comes out of the
/// package, its cache above all.
/// </summary>
/// <param name="upstreamPort">Where the zone's server listens on loopback, once this server starts.</param>
/// <param name="patience">How long to wait for that server at the most; the package's own two minutes by default.</param>
public class UnboundServer(Func<int> upstreamPort, TimeSpan? patience = null) : RealServer
{
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromMinutes(2);

    /// <summary>A DS record that a zone has to be signed by; null for a resolver that validates nothing.</summary>
    internal string? TrustAnchor { get; init; }

    private protected override string Program => "unbound";

    private protected virtual string MoreOptions => string.Empty;

    private protected override IEnumerable<string> Arguments() => ["-d", "-p", "-c", PathOf("unbound.conf")];

    private protected override void WriteConfiguration() => Write(
        "unbound.conf",
        $"""
        server:
          interface: 127.0.0.1@{Endpoint.Port}
          port: {Endpoint.Port}
          do-ip6: no
          do-not-query-localhost: no
          infra-cache-max-rtt: {(patience ?? DefaultPatience).TotalMilliseconds:0}
          username: ""
          chroot: ""
          directory: "{Folder}"
          use-syslog: no
          logfile: ""
          ede: yes
        {MoreOptions}
          {(TrustAnchor is null ? string.Empty : $"trust-anchor: \"{TrustAnchor}\"")}
        remote-control:
          control-enable: no
        stub-zone:
          name: "example"
          stub-addr: 127.0.0.1@{upstreamPort()}

        """);
}
