namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>BIND with listeners of its own for TLS and HTTPS.</summary>
public sealed class EncryptedBindServer : BindServer, IEncryptedServer
{
    private readonly EncryptedListeners _listeners = new();

    EncryptedListeners IEncryptedServer.Listeners => _listeners;

    private protected override string Statements =>
        $$"""
        tls own { cert-file "{{PathOf(EncryptedListeners.CertificateFile)}}"; key-file "{{PathOf(EncryptedListeners.KeyFile)}}"; };
        http own { endpoints { "{{EncryptedListeners.Path}}"; }; };
        """;

    private protected override string MoreOptions =>
        $$"""
        listen-on port {{_listeners.TlsPort}} tls own { 127.0.0.1; };
        listen-on port {{_listeners.HttpsPort}} tls own http own { 127.0.0.1; };
        """;

    private protected override void WriteConfiguration()
    {
        _listeners.Prepare(Write);
        base.WriteConfiguration();
    }

    private protected override void Release() => _listeners.Dispose();
}
