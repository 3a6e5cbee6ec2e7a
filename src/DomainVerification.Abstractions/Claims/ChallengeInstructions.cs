namespace DomainVerification;

/// <summary>What to tell the customer: exactly which record, or which file, to publish, until when.</summary>
public sealed record ChallengeInstructions
{
    /// <summary>
    /// The type of the record to create, such as <c>TXT</c> or <c>CNAME</c>; <c>FILE</c> where the proof is a file: see <see cref="File"/>.
    /// </summary>
    public required string RecordType { get; init; }

    /// <summary>The absolute name of the record, without a final dot; the URL of a file.</summary>
    public required string RecordName { get; init; }

    /// <summary>
    /// The name relative to <see cref="Zone"/>, for the many DNS consoles that add the zone themselves and would otherwise double it.
    /// The path of a file.
    /// </summary>
    public required string RelativeName { get; init; }

    /// <summary>The zone that <see cref="RelativeName"/> is relative to: the registrable domain.</summary>
    public required DomainName Zone { get; init; }

    /// <summary>The value of the record, or the content of the file. A secret until it is published: show it to the owner only.</summary>
    public required string RecordValue { get; init; }

    /// <summary>
    /// The token by itself, which <see cref="RecordValue"/> holds, for systems that show one and say what to put around it. As secret as
    /// the value.
    /// </summary>
    public required string Token { get; init; }

    /// <summary>The time to live that the record should have; zero for a file.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>Until when the proof must succeed, UTC; <see langword="null"/> for no limit.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// For a delegated challenge, the record that the host itself must publish at the target of the customer's CNAME;
    /// <see langword="null"/> otherwise.
    /// </summary>
    public HostRecord? HostRecord { get; init; }

    /// <summary>The file to put on the web server, where the proof is a file; <see langword="null"/> otherwise.</summary>
    public ChallengeFile? File { get; init; }

    /// <summary>The instructions as a short English text.</summary>
    public required string Text { get; init; }

    /// <summary>Leaves out value and token, so that instructions can be logged.</summary>
    public override string ToString() => $"{RecordType} {RecordName}";
}

/// <summary>A record that the host publishes in its own zone.</summary>
/// <param name="RecordType">The type of the record: always <c>TXT</c> today.</param>
/// <param name="RecordName">The absolute name of the record, without a final dot.</param>
/// <param name="RecordValue">The value of the record.</param>
public sealed record HostRecord(string RecordType, string RecordName, string RecordValue)
{
    /// <summary>Leaves out the value, so that it can be logged.</summary>
    public override string ToString() => $"{RecordType} {RecordName}";
}
