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
}
