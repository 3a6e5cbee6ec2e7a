using System.Globalization;
using System.Security.Cryptography;

namespace DomainVerification.DnsBenchmarks.Serving;

/// <summary>The zones that are asked: a TXT record with a token of its own at each of many names.</summary>
internal static class Zone
{
    /// <summary>The names of the first zone.</summary>
    public const int Names = 100_000;

    /// <summary>The names of the others, which are for the walk with warm cuts.</summary>
    public const int FewNames = 10_000;

    public const string Apex = Nsd.Apex;
    public const string ApexOfTwo = "two";
    public const string ApexOfFour = "four";
    public const string ApexOfBoth = "both";

    public const string Format = "token={token}";

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int TokenLength = 52;

    /// <summary>What the program's own server serves.</summary>
    public static IReadOnlyList<ServedZone> All { get; } =
    [
        new(Apex, 1, WriteAsync),
        new(ApexOfTwo, 2, file => WriteAsync(file, ApexOfTwo, 2, FewNames)),
        new(ApexOfFour, 4, file => WriteAsync(file, ApexOfFour, 4, FewNames)),
        new(ApexOfBoth, 2, file => WriteAsync(file, ApexOfBoth, 2, FewNames, namesIpv6: true), NamesIpv6: true),
    ];

    public static string Domain(int index, string apex) => string.Create(CultureInfo.InvariantCulture, $"d{index}.{apex}");

    public static string Name(int index, string apex = Apex) => $"_dv-challenge.{Domain(index, apex)}";

    public static string Value(int index) => Format.Replace("{token}", Token(index), StringComparison.Ordinal);

    public static string Token(int index)
    {
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(BitConverter.GetBytes(index), digest);
        Span<char> token = stackalloc char[TokenLength];
        for (var i = 0; i < TokenLength; i++)
        {
            token[i] = Alphabet[digest[i] % Alphabet.Length];
        }

        return new string(token);
    }

    /// <summary>Writes the zone that a server of somebody's own has to serve.</summary>
    public static Task WriteAsync(string file) => WriteAsync(file, Apex, 1, Names);

    private static async Task WriteAsync(string file, string apex, int servers, int names, bool namesIpv6 = false)
    {
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync($"$ORIGIN {apex}.\n$TTL 300\n@ IN SOA ns hostmaster 1 3600 600 86400 60");
        await writer.WriteAsync(ServedZone.ServerRecords(apex, servers, namesIpv6));
        for (var i = 0; i < names; i++)
        {
            await writer.WriteLineAsync($"{Name(i, apex)}. IN TXT \"{Value(i)}\"");
        }
    }

    /// <summary>The names with their type, as dnsperf wants them; the C program reads the value after them.</summary>
    public static async Task WriteQuestionsAsync(string file, bool withValues)
    {
        await using var writer = new StreamWriter(file);
        for (var i = 0; i < Names; i++)
        {
            await writer.WriteLineAsync(withValues ? $"{Name(i)} {Value(i)}" : $"{Name(i)} TXT");
        }
    }
}
