namespace DomainVerification;

/// <summary>What a check found. There are three answers: not being able to ask is never a "no".</summary>
public enum ProofOutcome
{
    /// <summary>The proof is published.</summary>
    Proved,

    /// <summary>The question was answered, and the proof is not there.</summary>
    NotProved,

    /// <summary>The question could not be answered. It burns no attempt, revokes nothing and blocks nobody.</summary>
    Inconclusive,
}
