namespace DomainVerification.Email;

/// <summary>
/// The codes of errors of <see cref="ISendingIdentities"/> beside those of <see cref="DomainVerificationErrorCodes"/>. Codes never change
/// their meaning; later versions may add new ones.
/// </summary>
public static class SendingIdentityErrorCodes
{
    /// <summary>The claim has no such identity now: it never had, or the holding that it was made for ended.</summary>
    public const string IdentityNotFound = "identity_not_found";

    /// <summary>The identity is not verified, so it must not sign.</summary>
    public const string IdentityNotVerified = "identity_not_verified";

    /// <summary>The host suspended the identity, so it must not sign.</summary>
    public const string IdentitySuspended = "identity_suspended";

    /// <summary>A new key waits to be published already.</summary>
    public const string RotationUnderWay = "rotation_under_way";

    /// <summary>
    /// Four replaced keys stay published for what is on its way already. Rotate again once the oldest has retired.
    /// </summary>
    public const string TooManyKeys = "too_many_keys";

    /// <summary>No new key waits to be published.</summary>
    public const string NoRotation = "no_rotation";

    /// <summary>
    /// The private key cannot be decrypted: the key ring or master key that protected it is lost, or what is stored was altered. Rotate the
    /// key.
    /// </summary>
    public const string KeyUnreadable = "key_unreadable";
}
