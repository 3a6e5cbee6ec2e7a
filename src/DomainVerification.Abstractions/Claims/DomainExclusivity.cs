namespace DomainVerification;

/// <summary>How many claims of a profile may hold one domain at a time.</summary>
public enum DomainExclusivity
{
    /// <summary>At most one claim holds a (profile, domain), always. The default.</summary>
    OneHolder,

    /// <summary>Every owner that proves the domain may hold it, beside the others.</summary>
    Shared,
}
