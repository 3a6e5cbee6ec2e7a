namespace DomainVerification;

/// <summary>That control was proved, when, and by what.</summary>
/// <param name="FirstProvedAt">When this claim was first proved, UTC.</param>
/// <param name="ProvedAt">When it was last proved, UTC.</param>
/// <param name="Evidence">What the newest proof rests on.</param>
public sealed record ClaimProof(DateTimeOffset FirstProvedAt, DateTimeOffset ProvedAt, ProofEvidence Evidence);

/// <summary>The newest check of a claim.</summary>
/// <param name="At">When the check ended, UTC.</param>
/// <param name="Outcome">What it found.</param>
/// <param name="Code">The code of its diagnosis, from <see cref="ProofDiagnosisCodes"/>; <c>domain_held</c> where the profile
/// takes no proof while another owner holds the domain, so that none was looked for.</param>
public sealed record ClaimCheck(DateTimeOffset At, ProofOutcome Outcome, string Code);
