using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>
/// Where the connections of file checks end instead of at the addresses that were found. For tests only: there is no way to it but code.
/// </summary>
internal sealed record FileCheckRoute(int HttpPort, int HttpsPort, X509Certificate2? Authority)
{
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    public IPEndPoint Of(int port) => new(Address, port == 443 ? HttpsPort : HttpPort);
}
