namespace DomainVerification;

/// <summary>The record, or the file, that proves control: where it stands and what it says around the token.</summary>
public sealed record ChallengeRecord
{
    /// <summary>The place of the token in <see cref="ValueFormat"/>.</summary>
    public const string TokenPlaceholder = "{token}";

    /// <summary>How the proof is published.</summary>
    public required ProofMethod Method { get; init; }

    /// <summary>
    /// The absolute name of the record, in ASCII and without a final dot, such as <c>_contoso-domain-challenge.example.com</c>. For
    /// <see cref="ProofMethod.HttpFile"/> the file's URL, such as <c>http://example.com/.well-known/contoso-challenge/mzxw6ytboi</c>.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// The value of the record, or the content of the file, with <see cref="TokenPlaceholder"/> in the place of the token, such as
    /// <c>token={token} expiry=2026-11-29</c>, or <c>{token}.verify.host.example</c> for a CNAME.
    /// </summary>
    public required string ValueFormat { get; init; }

    /// <summary>The time to live that the record should have. A short one makes a mistake cheap. Zero for a file, which has none.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Where the profile delegates: the name in the host's own zone that the customer points <see cref="Name"/> at with a CNAME, once and
    /// for all; the host then publishes the record there itself. <see langword="null"/> otherwise.
    /// </summary>
    public string? DelegatedName { get; init; }

    /// <summary>The whole value of the record for a token.</summary>
    /// <param name="token">The token in clear.</param>
    public string FormatValue(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return ValueFormat.Replace(TokenPlaceholder, token, StringComparison.Ordinal);
    }
}
