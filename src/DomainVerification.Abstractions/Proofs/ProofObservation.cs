namespace DomainVerification;

/// <summary>One question of a check and its answer.</summary>
public sealed record ProofObservation
{
    /// <summary>
    /// Who was asked, such as <c>192.0.2.53:53</c>; for a file the address that the connection went to, or the name of the host where there
    /// was none.
    /// </summary>
    public required string Server { get; init; }

    /// <summary>How: <c>udp</c>, <c>tcp</c>, <c>http</c>, <c>https</c>, or another transport's name.</summary>
    public required string Transport { get; init; }

    /// <summary>What was asked, such as <c>_contoso-challenge.example.com TXT</c> or <c>GET http://example.com/proof.txt</c>.</summary>
    public required string Question { get; init; }

    /// <summary>
    /// What came back, as a stable code such as <c>answered</c>, <c>name_error</c>, <c>server_failure</c> or <c>timed_out</c>. For
    /// a file <c>status_</c> and the HTTP status, or the code of the diagnosis that ended the check.
    /// </summary>
    public required string Answer { get; init; }

    /// <summary>
    /// The values that the answer holds, each cut at <see cref="ObservedValue.MaximumLength"/> characters and escaped. Published by
    /// outsiders: text, never markup.
    /// </summary>
    public IReadOnlyList<ObservedValue> Values { get; init; } = [];

    /// <summary>The aliases that were followed from the question's name to the values, in order; empty where there were none.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// What the server is to the answer, where a zone's own servers were asked, each by itself: <c>agrees</c>, <c>differs</c>, <c>lags</c>
    /// (its version of the zone is behind), <c>lame</c>, <c>refused</c>, <c>failed</c>, <c>timed_out</c>, <c>unreachable</c> or
    /// <c>not_awaited</c>. Null elsewhere.
    /// </summary>
    public string? Standing { get; init; }

    /// <summary>The serial of the server's version of the zone; null where it was not asked for.</summary>
    public long? Serial { get; init; }

    /// <summary>How long the question took.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>A value that was seen where the proof should be.</summary>
/// <param name="Text">
/// The value, made safe: everything beyond printable ASCII escaped as <c>\DDD</c>, cut at <see cref="MaximumLength"/> characters with
/// three dots behind where it was cut.
/// </param>
/// <param name="Verdict">What the value is.</param>
public sealed record ObservedValue(string Text, ObservedVerdict Verdict)
{
    /// <summary>How much of a value is shown.</summary>
    public const int MaximumLength = 100;
}

/// <summary>What an observed value is to the challenge.</summary>
public enum ObservedVerdict
{
    /// <summary>It is the proof.</summary>
    Match,

    /// <summary>It has the form of the proof with another token.</summary>
    OtherToken,

    /// <summary>It holds a token of an earlier challenge of the same owner.</summary>
    SpentToken,

    /// <summary>It has nothing of the proof's form.</summary>
    Unrelated,
}
