using System.Diagnostics.CodeAnalysis;

namespace DomainVerification;

/// <summary>The identity of a claim: an unguessable UUID, ordered by the time of its creation (RFC 9562, version 7).</summary>
/// <param name="Value">The UUID. Never empty in a claim that a store returns.</param>
public readonly record struct ClaimId(Guid Value) : IParsable<ClaimId>
{
    /// <summary>Makes a new identity for a claim that is created now.</summary>
    /// <param name="timeProvider">The clock that gives the time part.</param>
    public static ClaimId New(TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        return new ClaimId(Guid.CreateVersion7(timeProvider.GetUtcNow()));
    }

    /// <inheritdoc cref="IParsable{TSelf}.Parse"/>
    public static ClaimId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "D"));

    /// <inheritdoc cref="IParsable{TSelf}.TryParse"/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ClaimId result)
    {
        var parsed = Guid.TryParseExact(s, "D", out var value);
        result = new ClaimId(value);
        return parsed;
    }

    /// <summary>The UUID in its usual form of 36 characters.</summary>
    public override string ToString() => Value.ToString("D");
}
