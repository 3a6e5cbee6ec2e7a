namespace DomainVerification.PublicSuffixes;

/// <summary>The part of the public suffix list that decided about a name.</summary>
public enum PublicSuffixDivision
{
    /// <summary>
    /// No rule covers the name, so its last label counts as the public suffix (the list's implicit <c>*</c> rule). The top-level domain
    /// does not exist, or is younger than the list.
    /// </summary>
    Unlisted,

    /// <summary>A suffix of a registry that ICANN or IANA delegated: <c>com</c>, <c>co.uk</c>.</summary>
    Icann,

    /// <summary>A suffix that its owner submitted because strangers share it: <c>github.io</c>, <c>s3.amazonaws.com</c>.</summary>
    Private,
}
