namespace DomainVerification.Email;

/// <summary>What a call of <see cref="ISendingIdentities"/> came to.</summary>
public sealed record SendingIdentityResult
{
    private SendingIdentityResult(ClaimResultStatus status) => Status = status;

    /// <summary>
    /// How the call ended: <see cref="ClaimResultStatus.Done"/>, <see cref="ClaimResultStatus.Unchanged"/>,
    /// <see cref="ClaimResultStatus.Refused"/>, <see cref="ClaimResultStatus.NotFound"/> or <see cref="ClaimResultStatus.Conflict"/>.
    /// </summary>
    public ClaimResultStatus Status { get; }

    /// <summary>The identities as they are now: all of the holding, or the one that was named.</summary>
    public IReadOnlyList<SendingIdentity> Identities { get; private init; } = [];

    /// <summary>The identity that was named; <see langword="null"/> where there is none, or several were asked for.</summary>
    public SendingIdentity? Identity => Identities.Count == 1 ? Identities[0] : null;

    /// <summary>
    /// Why it is not done, with one of <see cref="SendingIdentityErrorCodes"/> or <see cref="DomainVerificationErrorCodes"/>;
    /// <see langword="null"/> when it is.
    /// </summary>
    public DomainVerificationError? Error { get; private init; }

    internal static SendingIdentityResult Done(IReadOnlyList<SendingIdentity> identities) =>
        new(ClaimResultStatus.Done) { Identities = identities };

    internal static SendingIdentityResult Unchanged(IReadOnlyList<SendingIdentity> identities) =>
        new(ClaimResultStatus.Unchanged) { Identities = identities };

    internal static SendingIdentityResult Failed(ClaimResultStatus status, DomainVerificationError? error) => new(status) { Error = error };
}

/// <summary>What asking for a signing key came to.</summary>
public sealed record SigningKeyResult
{
    internal SigningKeyResult(ClaimResultStatus status, SigningKey? key = null, DomainVerificationError? error = null)
    {
        Status = status;
        Key = key;
        Error = error;
    }

    /// <summary>How the call ended, as in <see cref="SendingIdentityResult.Status"/>.</summary>
    public ClaimResultStatus Status { get; }

    /// <summary>The key, for the caller to dispose of; <see langword="null"/> where it may not, or cannot, be had.</summary>
    public SigningKey? Key { get; }

    /// <summary>Why there is no key; <see langword="null"/> when there is.</summary>
    public DomainVerificationError? Error { get; }
}
