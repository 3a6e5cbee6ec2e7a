namespace DomainVerification.PublicSuffixes;

/// <summary>What became of a supplied public suffix list.</summary>
public enum PublicSuffixListUpdateStatus
{
    /// <summary>The list is in use.</summary>
    Replaced,

    /// <summary>The list was refused; the one before stays in use.</summary>
    Refused,
}
