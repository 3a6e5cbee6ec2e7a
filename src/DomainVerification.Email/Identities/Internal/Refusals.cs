using Codes = DomainVerification.Email.SendingIdentityErrorCodes;

namespace DomainVerification.Email.Identities.Internal;

/// <summary>The errors of the host's calls.</summary>
internal static class Refusals
{
    public static DomainVerificationError NotFound { get; } = new(
        Codes.IdentityNotFound,
        "The claim has no such sending identity now. Identities exist while the claim holds its domain and once they are made.");

    public static DomainVerificationError RotationUnderWay { get; } = new(
        Codes.RotationUnderWay,
        "A new DKIM key waits to be published already. Publish its record and verify, or cancel that rotation.");

    public static DomainVerificationError TooManyKeys { get; } = new(
        Codes.TooManyKeys,
        "Several replaced DKIM keys stay published for mail that is on its way. Rotate again once the oldest has retired.");

    public static DomainVerificationError NoRotation { get; } = new(Codes.NoRotation, "No new DKIM key waits to be published.");

    public static DomainVerificationError KeyUnreadable(string selector) => new(
        Codes.KeyUnreadable,
        $"The signing key of selector {selector} cannot be decrypted. Bring back the key ring that protected it, or rotate the key.");

    /// <summary>Why an identity may not sign; <see langword="null"/> where it may.</summary>
    public static DomainVerificationError? OfSigning(SendingStatus status) => status switch
    {
        SendingStatus.Verified or SendingStatus.Degraded => null,
        SendingStatus.Suspended => new DomainVerificationError(Codes.IdentitySuspended, "The sending identity is suspended."),
        _ => new DomainVerificationError(
            Codes.IdentityNotVerified,
            "The sending identity is not verified. Publish its records and verify it."),
    };
}
