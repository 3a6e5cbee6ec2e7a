using System.Net;
using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>A query that a <see cref="LoopbackDnsServer"/> received, recorded before any fault had its way.</summary>
/// <param name="Name">The name as it was sent, the case of its letters kept.</param>
/// <param name="Type">The type that was asked for.</param>
/// <param name="Transport">How it came.</param>
/// <param name="ReceivedAt">When, by the server's <see cref="LoopbackDnsServerOptions.TimeProvider"/>.</param>
/// <param name="From">Who asked.</param>
/// <param name="Message">The whole query, with its flags, EDNS part and id.</param>
public sealed record ReceivedQuery(
    string Name,
    DnsRecordType Type,
    LoopbackTransport Transport,
    DateTimeOffset ReceivedAt,
    IPEndPoint From,
    DnsMessage Message);
