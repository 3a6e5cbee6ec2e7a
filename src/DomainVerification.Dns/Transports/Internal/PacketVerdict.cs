namespace DomainVerification.Dns;

/// <summary>What a received packet is to the query that waits for it.</summary>
internal enum PacketVerdict
{
    /// <summary>The response.</summary>
    Accepted,

    /// <summary>The response, cut.</summary>
    Truncated,

    /// <summary>A response with the right id that repeats the question in another case.</summary>
    CaseMismatch,

    /// <summary>A response without the cookie that its server has given before.</summary>
    CookieMissing,

    /// <summary>The response's header and question, but what follows cannot be read.</summary>
    Malformed,

    /// <summary>Something else: wrong id, wrong question, wrong cookie, not a response.</summary>
    Foreign,
}
