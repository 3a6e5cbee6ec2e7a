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

    /// <summary>The response's header and question, but what follows cannot be read.</summary>
    Malformed,

    /// <summary>Something else: wrong id, wrong question, not a response.</summary>
    Foreign,
}
