namespace DomainVerification;

/// <summary>How far the identities of a claim are: those of a former holding are removed first, then the present ones are made.</summary>
/// <param name="Status">The status of the claim.</param>
/// <param name="Steps">The steps in the order that they are done in for each provisioner; provisioners do not wait for one another.</param>
public sealed record ProvisioningProgress(ClaimStatus Status, IReadOnlyList<ProvisioningProgressStep> Steps);

/// <summary>One step of <see cref="ProvisioningProgress"/>.</summary>
/// <param name="Provisioner">The name of the provisioner; empty for the default one.</param>
/// <param name="Kind">
/// <see cref="ClaimWorkKind.Release"/> for what a former holding had, also that of another owner; <see cref="ClaimWorkKind.Provision"/> for
/// what the present one gets.
/// </param>
/// <param name="State">How far it is. A release that failed for good does not hold up the provision.</param>
/// <param name="Attempts">How many tries have ended without success.</param>
/// <param name="NextTryAt">When it is tried next, UTC; <see langword="null"/> where it is done or failed, or waits for the step
/// before.</param>
/// <param name="Error">
/// Why the newest try did not succeed; always <see langword="null"/> for a release, which may be another owner's.
/// </param>
public sealed record ProvisioningProgressStep(
    string Provisioner,
    ClaimWorkKind Kind,
    ProvisioningStepState State,
    int Attempts = 0,
    DateTimeOffset? NextTryAt = null,
    DomainVerificationError? Error = null);
