namespace DomainVerification.PublicSuffixes;

/// <summary>Which divisions of the list a look-up heeds.</summary>
public enum PublicSuffixScope
{
    /// <summary>
    /// Both divisions: <c>alice.github.io</c> and <c>bob.github.io</c> are two registrable domains. The right choice wherever tenants are
    /// kept apart.
    /// </summary>
    IcannAndPrivate,

    /// <summary>
    /// Registries only: <c>alice.github.io</c> belongs to the registrable domain <c>github.io</c>. For rules that speak of registries,
    /// such as the wildcard policy of the CA/Browser Forum Baseline Requirements, section 3.2.2.6.
    /// </summary>
    IcannOnly,
}
