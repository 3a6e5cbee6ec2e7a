using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Dns;

/// <summary>Stable codes for what goes wrong with TLS.</summary>
internal static class TlsFaultCodes
{
    /// <summary>The other side does not speak TLS, or no version or cipher that is good enough, or ended the handshake.</summary>
    public const string HandshakeFailed = "tls_handshake_failed";

    /// <summary>What came after the handshake was no TLS.</summary>
    public const string Broken = "tls_broken";

    /// <summary>The server does not speak HTTP/2.</summary>
    public const string NoHttp2 = "http2_not_negotiated";

    /// <summary>What is wrong with a certificate; null for nothing.</summary>
    public static string? Find(X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "tls_certificate_missing";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            return IsOnlyOutOfTime(chain) ? "tls_certificate_expired" : "tls_certificate_untrusted";
        }

        return errors == SslPolicyErrors.None ? null : "tls_name_mismatch";
    }

    private static bool IsOnlyOutOfTime(X509Chain? chain) =>
        chain?.ChainStatus is { Length: > 0 } states && Array.TrueForAll(states, state => state.Status == X509ChainStatusFlags.NotTimeValid);
}
