namespace DomainVerification.PublicSuffixes;

/// <summary>Questions that are asked of a public suffix list most often.</summary>
public static class PublicSuffixListExtensions
{
    /// <summary>Finds the public suffix and the registrable domain of a name.</summary>
    /// <param name="list">The list.</param>
    /// <param name="name">The name.</param>
    /// <param name="scope">The divisions to heed.</param>
    /// <returns>Offsets into <see cref="DomainName.Value"/>.</returns>
    public static PublicSuffixMatch Find(
        this IPublicSuffixList list, DomainName name, PublicSuffixScope scope = PublicSuffixScope.IcannAndPrivate)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(name);
        return list.Find(name.Value, scope);
    }

    /// <summary>
    /// The domain that its holder registered: the public suffix and one label more (<c>acme.co.uk</c> of <c>www.acme.co.uk</c>).
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="name">The name.</param>
    /// <param name="scope">The divisions to heed.</param>
    /// <returns>
    /// The registrable domain, <paramref name="name"/> itself where it is one, or null where the name is a public suffix. Under an
    /// unlisted top-level domain it has two labels.
    /// </returns>
    public static DomainName? GetRegistrableDomain(
        this IPublicSuffixList list, DomainName name, PublicSuffixScope scope = PublicSuffixScope.IcannAndPrivate)
    {
        var start = Find(list, name, scope).RegistrableStart;
        return start < 0 ? null : name.Ancestor(name.Value.AsSpan(start).Count('.') + 1);
    }

    /// <summary>How long ago the list was made, for warnings about a stale one.</summary>
    /// <param name="list">The list.</param>
    /// <param name="timeProvider">Tells the present time.</param>
    /// <returns>The time since the start (UTC) of the list's day, or null where its day is unknown.</returns>
    public static TimeSpan? GetAge(this IPublicSuffixList list, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return list.ListDate is { } date ? timeProvider.GetUtcNow().UtcDateTime - date.ToDateTime(TimeOnly.MinValue) : null;
    }
}
