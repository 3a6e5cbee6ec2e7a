namespace DomainVerification;

/// <summary>Who holds a domain.</summary>
/// <param name="Epoch">The highest epoch that any claim ever held the domain with; 0 where nobody ever did.</param>
/// <param name="Holder">The claim that holds the domain exclusively, or <see langword="null"/> where none does.</param>
public sealed record DomainHolding(long Epoch, DomainClaim? Holder)
{
    /// <summary>A domain that nobody ever held.</summary>
    public static DomainHolding None { get; } = new(0, null);
}
