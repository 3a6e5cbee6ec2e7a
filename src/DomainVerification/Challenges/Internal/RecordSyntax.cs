using DomainVerification.Tokens.Internal;

namespace DomainVerification.Challenges.Internal;

/// <summary>What the parts of a challenge's record may look like.</summary>
internal static class RecordSyntax
{
    private const int MaximumLabel = 63;

    /// <summary>
    /// Underscore labels that mean something else to DNS or to mail, from the registry of RFC 8552 and its neighbours. A record of ours
    /// under one of them would be read by the wrong party.
    /// </summary>
    private static readonly HashSet<string> Registered = new(StringComparer.OrdinalIgnoreCase)
    {
        "_acme-challenge", "_adsp", "_atproto", "_bimi", "_cert", "_crl", "_dane", "_dccp", "_dmarc", "_dns-sd",
        "_dns", "_dnslink", "_domainconnect", "_domainkey", "_dnssec", "_ens", "_evm", "_finger", "_http", "_https", "_imap", "_imaps",
        "_kerberos", "_ldap", "_mta-sts", "_openpgpkey", "_pop3", "_pop3s", "_psl", "_quic", "_report", "_sctp", "_signal", "_sip",
        "_sips", "_smimecert", "_smtp", "_spf", "_submission", "_submissions", "_ta", "_tcp", "_tls", "_tlsrpt", "_udp", "_udplite",
        "_validation-persist", "_vouch", "_wks", "_xmpp",
    };

    public static bool IsProvider(string? text) =>
        text is { Length: >= 1 and <= 40 } && IsLabel(text) && !text.StartsWith('_') && !text.Contains('_', StringComparison.Ordinal);

    /// <summary>Whether a text is a name of lower-case labels, underscores included.</summary>
    public static bool IsName(string? text) => text is { Length: >= 1 and <= 150 } && text.Split('.').All(IsLabel);

    /// <summary>Whether one of the labels is registered for another use.</summary>
    public static bool IsRegistered(string name) => name.Split('.').Any(Registered.Contains);

    public static bool IsValueFormat(string? text) =>
        text is { Length: >= 1 and <= 200 } && text.All(c => c is >= ' ' and <= '~') && Count(text, ChallengeRecord.TokenPlaceholder) == 1;

    public static bool IsTokenFormat(string? text) =>
        text is { Length: >= 1 and <= 100 } && text.All(c => c is > ' ' and <= '~') && Count(text, "{0}") == 1;

    /// <summary>Whether tokens fit into one label of a CNAME's target.</summary>
    public static bool FitsLabel(TokenOptions token)
    {
        var around = token.Format.Replace("{0}", "x", StringComparison.Ordinal);
        return IsLabel(around) && around.Length - 1 + TokenAlphabet.Length(token.Encoding, token.Bits) <= MaximumLabel;
    }

    public static bool IsKeyId(string? text) =>
        text is { Length: >= 1 and <= 32 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    public static bool IsSecret(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return Convert.TryFromBase64String(text ?? string.Empty, bytes, out var length) && length >= 32;
    }

    private static bool IsLabel(string label) =>
        label.Length is >= 1 and <= MaximumLabel
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
        && label[0] != '-'
        && label[^1] != '-';

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
