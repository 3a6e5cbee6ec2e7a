namespace DomainVerification.AspNetCore;

/// <summary>
/// The names of the authorization policies that the endpoints ask for. A policy that the host adds under one of these names takes the
/// place of the default.
/// </summary>
public static class DomainVerificationPolicies
{
    /// <summary>
    /// Reading an owner's claims and what belongs to them, the instructions too, which show the token. By default a signed-in user.
    /// </summary>
    public const string Read = "DomainVerification.Read";

    /// <summary>Making and changing an owner's claims. By default a signed-in user.</summary>
    public const string Write = "DomainVerification.Write";

    /// <summary>
    /// Reading and deciding the takeovers of all owners, which is for operators only. By default a signed-in user in the role of this
    /// same name, so that mapping the reviews lets no customer in.
    /// </summary>
    public const string Review = "DomainVerification.Review";
}
