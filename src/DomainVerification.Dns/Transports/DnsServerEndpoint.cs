using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace DomainVerification.Dns;

/// <summary>Where a DNS server listens.</summary>
public sealed class DnsServerEndpoint : IEquatable<DnsServerEndpoint>
{
    /// <summary>The port of DNS over UDP and TCP.</summary>
    public const int DefaultPort = 53;

    // A server is named in every report.
    private string? _text;

    /// <summary>Names a server.</summary>
    /// <param name="address">Its address; an IPv6 address may carry a scope.</param>
    /// <param name="port">Its port, 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The port is out of range.</exception>
    public DnsServerEndpoint(IPAddress address, int port = DefaultPort)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        SocketAddress = new IPEndPoint(address, port);
    }

    /// <summary>The address.</summary>
    public IPAddress Address => SocketAddress.Address;

    /// <summary>The port.</summary>
    public int Port => SocketAddress.Port;

    internal IPEndPoint SocketAddress { get; }

    /// <summary>Reads a server and throws where <see cref="TryParse"/> answers false.</summary>
    /// <param name="text">See <see cref="TryParse"/>.</param>
    /// <exception cref="FormatException">The text names no server.</exception>
    public static DnsServerEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var server)
            ? server
            : throw new FormatException($"'{text}' is not an IP address with an optional port.");
    }

    /// <summary>Reads a server.</summary>
    /// <param name="text">
    /// An IP address, alone or with a port: <c>192.0.2.53</c>, <c>192.0.2.53:5353</c>, <c>2001:db8::53</c>, <c>[2001:db8::53]:5353</c>.
    /// Host names are not taken: finding their address would need DNS.
    /// </param>
    /// <param name="server">The server; null where the text names none.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DnsServerEndpoint? server)
    {
        server = null;
        if (string.IsNullOrEmpty(text) || text.Length > 100)
        {
            return false;
        }

        if (!TrySplit(text, out var host, out var portText))
        {
            return false;
        }

        var port = DefaultPort;
        if (!portText.IsEmpty && !int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            return false;
        }

        // "1" and "127.1" are addresses to the parser, but never what people mean.
        var isWhole = host.Contains(':') || host.Count('.') == 3;
        if (port is < 1 or > ushort.MaxValue || !isWhole || !IPAddress.TryParse(host, out var address))
        {
            return false;
        }

        server = new DnsServerEndpoint(address, port);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(DnsServerEndpoint? other) => other is not null && SocketAddress.Equals(other.SocketAddress);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsServerEndpoint);

    /// <inheritdoc/>
    public override int GetHashCode() => SocketAddress.GetHashCode();

    /// <summary>The address and the port, as in <c>192.0.2.53:53</c> and <c>[2001:db8::53]:53</c>.</summary>
    public override string ToString() => _text ??= SocketAddress.ToString();

    private static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out ReadOnlySpan<char> port)
    {
        host = text;
        port = default;
        if (text[0] == '[')
        {
            var close = text.IndexOf(']');
            if (close < 0)
            {
                return false;
            }

            host = text[1..close];
            var rest = text[(close + 1)..];
            port = rest.IsEmpty ? default : rest[1..];
            return host.Contains(':') && (rest.IsEmpty || (rest[0] == ':' && rest.Length > 1));
        }

        if (text.Count(':') != 1)
        {
            return true;
        }

        var colon = text.IndexOf(':');
        host = text[..colon];
        port = text[(colon + 1)..];
        return !port.IsEmpty;
    }
}
