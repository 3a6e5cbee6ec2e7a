namespace DomainVerification.EntityFrameworkCore;

/// <summary>Where the tables of DomainVerification lie in the host's database.</summary>
public sealed class DomainVerificationModelOptions
{
    /// <summary>
    /// The schema of the tables; <see langword="null"/> for that of the host's other tables. SQLite has no schemas, so it must be
    /// <see langword="null"/> there.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? Schema { get; set; }

    /// <summary>What the names of all tables begin with: at most 32 letters, digits and underscores; empty for nothing.</summary>
    /// <value>Default: <c>domain_verification_</c>.</value>
    public string TablePrefix { get; set; } = "domain_verification_";
}
