using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace DomainVerification.Dns;

/// <summary>Where a DNS server listens, what it is spoken with, and for an encrypted one whose certificate it must have.</summary>
public sealed class DnsServerEndpoint : IEquatable<DnsServerEndpoint>
{
    /// <summary>The port of DNS over UDP and TCP.</summary>
    public const int DefaultPort = 53;

    /// <summary>The port of DNS over TLS (RFC 7858, section 3.1).</summary>
    public const int DefaultTlsPort = 853;

    /// <summary>The port of DNS over HTTPS (RFC 8484).</summary>
    public const int DefaultHttpsPort = 443;

    // A server is a key of every query, and named in every report. Zero stands for not yet.
    private int _hashCode;
    private string? _text;

    /// <summary>Names a server that is spoken with in clear text.</summary>
    /// <param name="address">Its address; an IPv6 address may carry a scope.</param>
    /// <param name="port">Its port, 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The port is out of range.</exception>
    public DnsServerEndpoint(IPAddress address, int port = DefaultPort)
        : this(address, port, DnsServerProtocol.Clear, null, null)
    {
    }

    private DnsServerEndpoint(IPAddress address, int port, DnsServerProtocol protocol, string? serverName, string? path)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        SocketAddress = new IPEndPoint(address, port);
        Protocol = protocol;
        ServerName = serverName;
        Path = path;
    }

    /// <summary>The address.</summary>
    public IPAddress Address => SocketAddress.Address;

    /// <summary>The port.</summary>
    public int Port => SocketAddress.Port;

    /// <summary>What the server is spoken with.</summary>
    public DnsServerProtocol Protocol { get; }

    /// <summary>
    /// The authentication domain name (RFC 8310, section 2), in lower case: the server's certificate must be valid for it. Null for a server
    /// that is spoken with in clear text. The name is never looked up.
    /// </summary>
    public string? ServerName { get; }

    /// <summary>The path of the resource that answers, as in <c>/dns-query</c>; null but over HTTPS.</summary>
    public string? Path { get; }

    internal IPEndPoint SocketAddress { get; }

    /// <summary>Names a server that is spoken with over TLS.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="serverName">The host name that its certificate must be valid for, in ASCII.</param>
    /// <param name="port">Its port, 1 to 65535.</param>
    /// <exception cref="ArgumentException">The name is no host name, or the port is out of range.</exception>
    public static DnsServerEndpoint OverTls(IPAddress address, string serverName, int port = DefaultTlsPort) =>
        new(address, port, DnsServerProtocol.Tls, NameOf(serverName), null);

    /// <summary>Names a server that is spoken with over HTTPS.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="serverName">The host name that its certificate must be valid for, in ASCII.</param>
    /// <param name="path">The path of the resource that answers.</param>
    /// <param name="port">Its port, 1 to 65535.</param>
    /// <exception cref="ArgumentException">The name is no host name, the path is no path, or the port is out of range.</exception>
    public static DnsServerEndpoint OverHttps(
        IPAddress address,
        string serverName,
        string path = "/dns-query",
        int port = DefaultHttpsPort)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ServerNotation.IsPath(path)
            ? new DnsServerEndpoint(address, port, DnsServerProtocol.Https, NameOf(serverName), path)
            : throw new ArgumentException($"'{path}' is not the path of a URL.", nameof(path));
    }

    /// <summary>Reads a server and throws where <see cref="TryParse"/> answers false.</summary>
    /// <param name="text">See <see cref="TryParse"/>.</param>
    /// <exception cref="FormatException">The text names no server; the message says what does.</exception>
    public static DnsServerEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var server) ? server : throw new FormatException($"'{text}' is not {ServerNotation.Allowed}.");
    }

    /// <summary>Reads a server.</summary>
    /// <param name="text">
    /// <para>
    /// An IP address, alone or with a port: <c>192.0.2.53</c>, <c>192.0.2.53:5353</c>, <c>2001:db8::53</c>, <c>[2001:db8::53]:5353</c>.
    /// </para>
    /// <para>
    /// For a server over TLS or HTTPS, the address, perhaps a port, the path for HTTPS, and behind <c>#</c> the name that the certificate must
    /// be valid for: <c>tls://192.0.2.53#dns.example</c>, <c>tls://[2001:db8::53]:853#dns.example</c>,
    /// <c>https://192.0.2.53/dns-query#dns.example</c>.
    /// </para>
    /// <para>The address of a server is never given by a host name: finding it would need DNS.</para>
    /// </param>
    /// <param name="server">The server; null where the text names none.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DnsServerEndpoint? server)
    {
        server = text is null ? null : ServerNotation.Read(text);
        return server is not null;
    }

    /// <inheritdoc/>
    public bool Equals(DnsServerEndpoint? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && SocketAddress.Equals(other.SocketAddress)
            && Protocol == other.Protocol
            && ServerName == other.ServerName
            && Path == other.Path);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsServerEndpoint);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode != 0
        ? _hashCode
        : _hashCode = HashCode.Combine(SocketAddress, Protocol, ServerName, Path);

    /// <summary>
    /// The server as <see cref="TryParse"/> reads it, with its port: <c>192.0.2.53:53</c>, <c>tls://[2001:db8::53]:853#dns.example</c>.
    /// </summary>
    public override string ToString() => _text ??= Protocol switch
    {
        DnsServerProtocol.Tls => $"{ServerNotation.Tls}{SocketAddress}#{ServerName}",
        DnsServerProtocol.Https => $"{ServerNotation.Https}{SocketAddress}{Path}#{ServerName}",
        _ => SocketAddress.ToString(),
    };

    /// <summary>Keeps a query for an encrypted server out of a transport that would send it in clear text, and the other way round.</summary>
    internal void Require(DnsServerProtocol protocol)
    {
        if (Protocol != protocol)
        {
            throw new ArgumentException($"{this} is not spoken with over this transport.");
        }
    }

    private static string NameOf(string serverName)
    {
        ArgumentNullException.ThrowIfNull(serverName);
        return ServerNotation.IsName(serverName)
            ? serverName.ToLowerInvariant()
            : throw new ArgumentException($"'{serverName}' is not a host name.", nameof(serverName));
    }
}
