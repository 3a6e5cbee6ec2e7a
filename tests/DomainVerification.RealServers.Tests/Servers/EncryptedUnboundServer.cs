namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>Unbound with listeners of its own for TLS and HTTPS.</summary>
/// <param name="upstreamPort">Where the zone's server listens.</param>
public sealed class EncryptedUnboundServer(Func<int> upstreamPort) : UnboundServer(upstreamPort), IEncryptedServer
{
    private readonly EncryptedListeners _listeners = new();

    EncryptedListeners IEncryptedServer.Listeners => _listeners;

    private protected override string MoreOptions =>
        $"""
          interface: 127.0.0.1@{_listeners.TlsPort}
          interface: 127.0.0.1@{_listeners.HttpsPort}
          tls-port: {_listeners.TlsPort}
          https-port: {_listeners.HttpsPort}
          http-endpoint: "{EncryptedListeners.Path}"
          tls-service-pem: "{PathOf(EncryptedListeners.CertificateFile)}"
          tls-service-key: "{PathOf(EncryptedListeners.KeyFile)}"
        """;

    private protected override void WriteConfiguration()
    {
        _listeners.Prepare(Write);
        base.WriteConfiguration();
    }

    private protected override void Release() => _listeners.Dispose();
}
