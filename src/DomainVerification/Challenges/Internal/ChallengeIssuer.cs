using DomainVerification.Names.Internal;

namespace DomainVerification.Challenges.Internal;

/// <summary>A challenge with the token that answers it, or why there can be none.</summary>
internal sealed record IssuedChallenge(Challenge? Challenge, string Token, DomainVerificationError? Error);

/// <summary>Issues challenges: a fresh token, and the record that it is to be published in.</summary>
internal sealed class ChallengeIssuer(ITokenIssuer issuer, DomainNamePolicy names)
{
    public async Task<IssuedChallenge> IssueAsync(
        DomainVerificationOptions profile,
        TokenContext context,
        ProofMethod method,
        string? delegatedName,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var issued = await issuer.IssueAsync(context, cancellationToken).ConfigureAwait(false);
        var expiresAt = now + profile.ChallengeLifetime;
        var record = ChallengeFactory.Create(profile, context, names.Zone(context.Domain), method, expiresAt, delegatedName, issued.Value);
        if (ChallengeFactory.Check(record, issued.Value) is { } error)
        {
            return new IssuedChallenge(null, string.Empty, error);
        }

        var challenge = new Challenge
        {
            Record = record,
            Token = issued.Stored,
            Generation = context.Generation,
            IssuedAt = now,
            ExpiresAt = expiresAt,
        };
        return new IssuedChallenge(challenge, issued.Value, null);
    }

    /// <summary>The record by another method for a token that is issued already, or why there can be none.</summary>
    public (ChallengeRecord? Record, DomainVerificationError? Error) Move(
        DomainVerificationOptions profile,
        Challenge challenge,
        TokenContext context,
        ProofMethod method,
        string token)
    {
        var expiresAt = challenge.ExpiresAt ?? challenge.IssuedAt + profile.ChallengeLifetime;
        var record = ChallengeFactory.Create(
            profile,
            context,
            names.Zone(context.Domain),
            method,
            expiresAt,
            challenge.Record.DelegatedName,
            token);
        return ChallengeFactory.Check(record, token) is { } error ? (null, error) : (record, null);
    }
}
