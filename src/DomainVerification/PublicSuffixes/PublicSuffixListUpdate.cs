namespace DomainVerification.PublicSuffixes;

/// <summary>The outcome of supplying a public suffix list to a <see cref="PublicSuffixListProvider"/>.</summary>
public sealed class PublicSuffixListUpdate
{
    private PublicSuffixListUpdate(PublicSuffixListUpdateStatus status, DomainVerificationError? error)
    {
        Status = status;
        Error = error;
    }

    /// <summary>Whether the list is now in use.</summary>
    public PublicSuffixListUpdateStatus Status { get; }

    /// <summary>Why the list was refused; null where it is in use.</summary>
    public DomainVerificationError? Error { get; }

    /// <summary>The rules that are new against the list before; empty where the list was refused.</summary>
    public IReadOnlyList<PublicSuffixRule> AddedRules { get; private init; } = [];

    /// <summary>
    /// The rules that the list before had and this one has not; empty where the list was refused. A claim that was judged under one of
    /// them covers more names when it is judged anew, so look at those claims before relying on it.
    /// </summary>
    public IReadOnlyList<PublicSuffixRule> RemovedRules { get; private init; } = [];

    internal static PublicSuffixListUpdate Refused(DomainVerificationError error) => new(PublicSuffixListUpdateStatus.Refused, error);

    internal static PublicSuffixListUpdate Replaced(PublicSuffixList before, PublicSuffixList after)
    {
        var old = before.EnumerateRules().ToHashSet();
        var now = after.EnumerateRules().ToHashSet();
        return new PublicSuffixListUpdate(PublicSuffixListUpdateStatus.Replaced, null)
        {
            AddedRules = [.. now.Where(rule => !old.Contains(rule))],
            RemovedRules = [.. old.Where(rule => !now.Contains(rule))],
        };
    }
}
