using System.Security.Cryptography;

namespace DomainVerification.Email.Tests.Hosts;

/// <summary>A few keys for many tests: making one takes longer than a whole test.</summary>
internal static class KeyPool
{
    private static readonly Lazy<byte[][]> Keys = new(() => [.. Enumerable.Range(0, 6).Select(_ => Make())]);

    private static int _next;

    public static RSA Next()
    {
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Keys.Value[(uint)Interlocked.Increment(ref _next) % Keys.Value.Length], out _);
        return rsa;
    }

    private static byte[] Make()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKey();
    }
}
