namespace DomainVerification.PublicSuffixes;

/// <summary>
/// Tells under which suffixes unrelated people register names. Implementations are thread-safe.
/// </summary>
/// <remarks>
/// The matching rules are those of publicsuffix.org with one clarification that its own linter, browsers and libpsl share: the rule
/// <c>*.ck</c> implies <c>ck</c>. See <c>docs/public-suffixes.md</c>.
/// </remarks>
public interface IPublicSuffixList
{
    /// <summary>The day (UTC) of the list, or null where nobody stated it.</summary>
    DateOnly? ListDate { get; }

    /// <summary>The number of rules in both divisions, exceptions included.</summary>
    int RuleCount { get; }

    /// <summary>Finds the public suffix and the registrable domain of a name.</summary>
    /// <param name="canonicalName">
    /// A name in canonical form: A-labels, lower case, no dot at either end, as <c>DomainName.Value</c> is. Other input is not an error,
    /// but rules do not match upper case or Unicode labels. A name may have one label only.
    /// </param>
    /// <param name="scope">The divisions to heed.</param>
    /// <returns>
    /// Offsets into <paramref name="canonicalName"/>. A name under no rule is <see cref="PublicSuffixDivision.Unlisted"/>.
    /// </returns>
    PublicSuffixMatch Find(ReadOnlySpan<char> canonicalName, PublicSuffixScope scope = PublicSuffixScope.IcannAndPrivate);
}
