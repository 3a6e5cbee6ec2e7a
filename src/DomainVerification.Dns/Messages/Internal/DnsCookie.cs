namespace DomainVerification.Dns;

/// <summary>
/// The COOKIE option (RFC 7873, section 4): eight octets of the client, which its server repeats, and after them the server's own.
/// </summary>
internal static class DnsCookie
{
    public const int ClientLength = 8;

    private const int MinServerLength = 8;
    private const int MaxServerLength = 32;

    public static DnsEdnsOption? Find(DnsEdns? edns)
    {
        for (var i = 0; i < edns?.Options.Count; i++)
        {
            if (edns.Options[i].Code == DnsEdnsOptionCode.Cookie)
            {
                return edns.Options[i];
            }
        }

        return null;
    }

    public static bool HasServerPart(ReadOnlySpan<byte> cookie) =>
        cookie.Length is >= ClientLength + MinServerLength and <= ClientLength + MaxServerLength;

    /// <summary>Whether a response's cookie starts with what was sent. One that a server repeats without adding its own does too.</summary>
    public static bool Answers(ReadOnlySpan<byte> received, ReadOnlySpan<byte> sent) =>
        (received.Length == ClientLength || HasServerPart(received)) && received[..ClientLength].SequenceEqual(sent[..ClientLength]);
}
