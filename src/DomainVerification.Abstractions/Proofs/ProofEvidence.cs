namespace DomainVerification;

/// <summary>What a proof rests on, fit to be kept in an audit trail: it holds no secret.</summary>
public sealed record ProofEvidence
{
    /// <summary>How the proof was published.</summary>
    public required ProofMethod Method { get; init; }

    /// <summary>The name of the record that proved control; the URL of a file.</summary>
    public required string RecordName { get; init; }

    /// <summary>Who gave the answer: an address and a port.</summary>
    public required string Server { get; init; }

    /// <summary>
    /// The aliases between the record's name and its value; for a file the URLs that the request was redirected to, each cut at
    /// <see cref="ObservedValue.MaximumLength"/> characters.
    /// </summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The time to live that the record was seen with; zero for a file.</summary>
    public TimeSpan TimeToLive { get; init; }

    /// <summary>The generation of the challenge that was proved.</summary>
    public int Generation { get; init; }

    /// <summary>The SHA-256 digest of the value that was seen, as lower-case hexadecimal.</summary>
    public required string ValueDigest { get; init; }

    /// <summary>When it was seen, UTC.</summary>
    public required DateTimeOffset ObservedAt { get; init; }
}
