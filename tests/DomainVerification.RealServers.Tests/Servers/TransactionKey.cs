using System.Security.Cryptography;

namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>The key that signs dynamic updates (TSIG, RFC 8945), fresh in every run.</summary>
internal static class TransactionKey
{
    internal static string Secret { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
