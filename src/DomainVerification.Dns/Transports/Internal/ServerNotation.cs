using System.Buffers;
using System.Globalization;
using System.Net;

namespace DomainVerification.Dns;

/// <summary>How servers are written.</summary>
internal static class ServerNotation
{
    public const string Tls = "tls://";
    public const string Https = "https://";

    public const string AllowedInClearText =
        "an IP address with an optional port, as in 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353";

    public const string Allowed =
        AllowedInClearText
        + ", or an encrypted server by its address and the name in its certificate, as in tls://192.0.2.53:853#dns.example or "
        + "https://[2001:db8::53]/dns-query#dns.example";

    private const int MaxLength = 500;
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;

    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@");

    /// <summary>Reads a server; null where the text names none.</summary>
    public static DnsServerEndpoint? Read(string text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        if (text.StartsWith(Tls, StringComparison.Ordinal))
        {
            return ReadTls(text[Tls.Length..]);
        }

        return text.StartsWith(Https, StringComparison.Ordinal) ? ReadHttps(text[Https.Length..]) : ReadClear(text);
    }

    /// <summary>Whether a text is a host name in ASCII, and no address in the guise of one.</summary>
    public static bool IsName(string text) =>
        text.Length <= MaxNameLength
        && text.Split('.') is var labels
        && Array.TrueForAll(labels, IsLabel)
        && !labels[^1].All(char.IsAsciiDigit);

    /// <summary>Whether a text is an absolute path that a URL holds as it stands.</summary>
    public static bool IsPath(string text) =>
        text.StartsWith('/')
        && text.Length <= MaxLength
        && !text.AsSpan().ContainsAnyExcept(PathCharacters)
        && Uri.TryCreate($"https://host{text}", UriKind.Absolute, out var url)
        && url.AbsolutePath == text;

    private static DnsServerEndpoint? ReadClear(string text)
    {
        // An IPv6 address alone has many colons and no port.
        var isBare = text[0] != '[' && text.AsSpan().Count(':') != 1;
        if (isBare)
        {
            return ReadAddress(text) is { } address ? new DnsServerEndpoint(address) : null;
        }

        return ReadHost(text, DnsServerEndpoint.DefaultPort) is var (host, port) ? new DnsServerEndpoint(host, port) : null;
    }

    private static DnsServerEndpoint? ReadTls(string text) =>
        Split(text) is var (host, name) && ReadHost(host, DnsServerEndpoint.DefaultTlsPort) is var (address, port)
            ? DnsServerEndpoint.OverTls(address, name, port)
            : null;

    private static DnsServerEndpoint? ReadHttps(string text)
    {
        if (Split(text) is not var (resource, name) || resource.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var slash))
        {
            return null;
        }

        var path = resource[slash..];
        return IsPath(path) && ReadHost(resource[..slash], DnsServerEndpoint.DefaultHttpsPort) is var (address, port)
            ? DnsServerEndpoint.OverHttps(address, name, path, port)
            : null;
    }

    private static (string Before, string Name)? Split(string text)
    {
        var sign = text.IndexOf('#', StringComparison.Ordinal);
        return sign > 0 && IsName(text[(sign + 1)..]) ? (text[..sign], text[(sign + 1)..]) : null;
    }

    /// <summary>An address with an optional port; one of IPv6 in brackets.</summary>
    private static (IPAddress Address, int Port)? ReadHost(string text, int defaultPort)
    {
        var isBracketed = text.StartsWith('[');
        var end = text.IndexOf(isBracketed ? ']' : ':', StringComparison.Ordinal);
        if (isBracketed && end < 0)
        {
            return null;
        }

        var host = isBracketed ? text[1..end] : text[..(end < 0 ? text.Length : end)];
        var rest = text[(isBracketed ? end + 1 : host.Length)..];
        return ReadAddress(host) is { } address && host.Contains(':', StringComparison.Ordinal) == isBracketed
            && TryReadPort(rest, defaultPort, out var port)
            ? (address, port)
            : null;
    }

    private static bool TryReadPort(string text, int defaultPort, out int port)
    {
        port = defaultPort;
        return text.Length == 0
            || (text[0] == ':'
                && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out port)
                && port is >= 1 and <= ushort.MaxValue);
    }

    private static IPAddress? ReadAddress(string text)
    {
        // "1" and "127.1" are addresses to the parser, but never what people mean.
        var isWhole = text.Contains(':', StringComparison.Ordinal) || text.AsSpan().Count('.') == 3;
        return isWhole && !text.AsSpan().ContainsAny('[', ']') && IPAddress.TryParse(text, out var address) ? address : null;
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= MaxLabelLength
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
