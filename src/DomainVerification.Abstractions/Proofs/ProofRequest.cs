namespace DomainVerification;

/// <summary>What a checker is to look for.</summary>
public sealed record ProofRequest
{
    /// <summary>The domain whose control is to be proved.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>The record, or file, to find: the same object that the owner's instructions were made of.</summary>
    public required ChallengeRecord Record { get; init; }

    /// <summary>Recognises the token.</summary>
    public required TokenMatcher Token { get; init; }

    /// <summary>
    /// Whether somebody waits for the answer, so that a checker may ask a bounded number of further questions to find out why there is no
    /// proof. The worker's own looks do without.
    /// </summary>
    public bool Explains { get; init; }
}
