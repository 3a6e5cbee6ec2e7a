using System.Security.Cryptography;

namespace DomainVerification.Dns;

/// <summary>What look-ups have learnt about one server. Immutable.</summary>
internal sealed record ServerTraits(DateTimeOffset LearntAt, ReadOnlyMemory<byte> Cookie)
{
    /// <summary>The EDNS part of queries to the server, with what is known of the cookie.</summary>
    public DnsEdns Edns { get; } = new() { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, Cookie)] };

    /// <summary>Until when the server is asked over TCP, because it does not repeat the case of names.</summary>
    public DateTimeOffset StreamUntil { get; init; }

    public static ServerTraits New(DateTimeOffset now) => new(now, RandomNumberGenerator.GetBytes(DnsCookie.ClientLength));

    /// <summary>With the server's part of the cookie, or without where it sent none.</summary>
    public ServerTraits With(ReadOnlyMemory<byte> cookie) =>
        Cookie.Span.SequenceEqual(cookie.Span) ? this : new ServerTraits(LearntAt, cookie) { StreamUntil = StreamUntil };

    public ServerTraits WithoutServerPart() => With(Cookie[..DnsCookie.ClientLength]);
}
