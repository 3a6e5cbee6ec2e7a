using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Testing;

/// <summary>Where a <see cref="LoopbackWebServer"/> listens, and by which clock.</summary>
public sealed class LoopbackWebServerOptions
{
    /// <summary>The port of 127.0.0.1 for http; 0 for a free one.</summary>
    /// <value>0 until set.</value>
    public int HttpPort { get; init; }

    /// <summary>The port of 127.0.0.1 for https; 0 for a free one.</summary>
    /// <value>0 until set.</value>
    public int HttpsPort { get; init; }

    /// <summary>The certificate of the https port, with its key; the caller disposes it.</summary>
    /// <value>One that signed itself for <see cref="CertificateNames"/> until set.</value>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The names that the certificate is valid for which the server makes itself.</summary>
    /// <value><c>localhost</c> until set.</value>
    public IReadOnlyList<string> CertificateNames { get; init; } = ["localhost"];

    /// <summary>Tells the time for <see cref="ReceivedRequest.ReceivedAt"/>.</summary>
    /// <value>The system's clock until set.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
