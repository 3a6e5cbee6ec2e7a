namespace DomainVerification;

/// <summary>How far a provisioner is with a holding.</summary>
public enum ProvisioningStepState
{
    /// <summary>Its operation waits, runs or is tried again.</summary>
    Waiting,

    /// <summary>Its identities are made.</summary>
    Done,

    /// <summary>Its identities cannot be made, and it will not be tried again by itself.</summary>
    Failed,
}

/// <summary>The part of one provisioner in the identities of a holding.</summary>
/// <param name="Provisioner">The name that the provisioner is registered under; empty for the default one.</param>
/// <param name="State">How far it is.</param>
/// <param name="Error">Why it failed; <see langword="null"/> where it did not.</param>
public sealed record ProvisioningStep(
    string Provisioner,
    ProvisioningStepState State = ProvisioningStepState.Waiting,
    DomainVerificationError? Error = null);
