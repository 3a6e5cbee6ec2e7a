using System.Security.Cryptography;

namespace DomainVerification.Dns;

/// <summary>What look-ups have learnt about one server. Immutable.</summary>
/// <param name="LearntAt">When the client's part of the cookie was chosen, as a timestamp.</param>
/// <param name="Cookie">The client's part, and the server's behind it where it has given one.</param>
internal sealed record ServerTraits(long LearntAt, ReadOnlyMemory<byte> Cookie)
{
    /// <summary>The EDNS part of queries to the server, with what is known of the cookie.</summary>
    public DnsEdns Edns { get; } = new() { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, Cookie)] };

    /// <summary>Until when the server is asked over TCP, because it does not repeat the case of names.</summary>
    public DateTimeOffset StreamUntil { get; init; }

    public static ServerTraits New(long now) => new(now, RandomNumberGenerator.GetBytes(DnsCookie.ClientLength));

    /// <summary>With the server's part of the cookie, or without where it sent none.</summary>
    public ServerTraits With(ReadOnlyMemory<byte> cookie) =>
        Cookie.Span.SequenceEqual(cookie.Span) ? this : new ServerTraits(LearntAt, cookie) { StreamUntil = StreamUntil };

    public ServerTraits WithoutServerPart() => With(Cookie[..DnsCookie.ClientLength]);
}
