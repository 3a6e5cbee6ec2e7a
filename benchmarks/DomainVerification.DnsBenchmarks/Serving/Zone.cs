using System.Globalization;
using System.Security.Cryptography;

namespace DomainVerification.DnsBenchmarks.Serving;

/// <summary>The zone that is asked: a TXT record with a token of its own at each of 100,000 names.</summary>
internal static class Zone
{
    public const int Names = 100_000;

    public const string Apex = Nsd.Apex;

    public const string Format = "token={token}";

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int TokenLength = 52;

    public static string Domain(int index) => string.Create(CultureInfo.InvariantCulture, $"d{index}.{Apex}");

    public static string Name(int index) => $"_dv-challenge.{Domain(index)}";

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

    public static async Task WriteAsync(string file)
    {
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync($"$ORIGIN {Apex}.\n$TTL 300");
        await writer.WriteLineAsync("@ IN SOA ns hostmaster 1 3600 600 86400 60\n@ IN NS ns\nns IN A 127.0.0.1");
        for (var i = 0; i < Names; i++)
        {
            await writer.WriteLineAsync($"{Name(i)}. IN TXT \"{Value(i)}\"");
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
