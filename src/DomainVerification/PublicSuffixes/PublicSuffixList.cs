using System.Diagnostics.CodeAnalysis;
using DomainVerification.PublicSuffixes.Internal;

namespace DomainVerification.PublicSuffixes;

/// <summary>An immutable public suffix list. Look-ups allocate nothing and may run on any number of threads.</summary>
public sealed class PublicSuffixList : IPublicSuffixList
{
    /// <summary>The longest text that is read, in characters or UTF-8 bytes: twelve times the list of 2026.</summary>
    public const int MaxTextLength = 4 * 1024 * 1024;

    /// <summary>The fewest rules that <see cref="Validate"/> takes for a whole list. The list of 2026 has more than 10,000.</summary>
    public const int MinRuleCount = 5_000;

    private static readonly Lazy<PublicSuffixList> BuiltInList = new(PublicSuffixResource.Load);
    private static readonly string[] WellKnownRules = ["com", "co.uk", "github.io"];

    private readonly SuffixTree _tree;

    internal PublicSuffixList(SuffixTree tree, int ruleCount, DateOnly? date)
    {
        _tree = tree;
        RuleCount = ruleCount;
        ListDate = date;
    }

    /// <summary>The list that this version of the package carries, loaded at first use.</summary>
    public static PublicSuffixList BuiltIn => BuiltInList.Value;

    /// <inheritdoc />
    public DateOnly? ListDate { get; }

    /// <inheritdoc />
    public int RuleCount { get; }

    internal SuffixTree Tree => _tree;

    /// <summary>Reads a list in the format of publicsuffix.org (<c>public_suffix_list.dat</c>).</summary>
    /// <param name="text">
    /// The whole text. One malformed line refuses all of it: a list that is only partly understood would let names through.
    /// </param>
    /// <param name="date">The day of the list, used where the text has no <c>VERSION</c> line of its own.</param>
    /// <param name="list">The list, where the text is well formed.</param>
    /// <param name="error">
    /// Otherwise why it is not: <c>public_suffix_list_too_large</c>, <c>public_suffix_list_malformed</c> or
    /// <c>public_suffix_list_incomplete</c> (a section, or the end of one, is missing).
    /// </param>
    /// <returns>Whether the text is a well-formed list. Whether it is plausible is for <see cref="Validate"/> to say.</returns>
    public static bool TryParse(
        ReadOnlySpan<char> text,
        DateOnly? date,
        [NotNullWhen(true)] out PublicSuffixList? list,
        [NotNullWhen(false)] out DomainVerificationError? error) => PublicSuffixListReader.TryRead(text, date, out list, out error);

    /// <inheritdoc />
    public PublicSuffixMatch Find(ReadOnlySpan<char> canonicalName, PublicSuffixScope scope = PublicSuffixScope.IcannAndPrivate) =>
        SuffixSearch.Run(_tree, canonicalName, scope);

    /// <summary>Judges whether this can be the real list, and not a fragment or a page that was served in its place.</summary>
    /// <returns>
    /// Null, or what speaks against it: <c>public_suffix_list_incomplete</c> where there are fewer than <see cref="MinRuleCount"/> rules, a
    /// division is empty, or one of <c>com</c>, <c>co.uk</c> and <c>github.io</c> is missing.
    /// </returns>
    public DomainVerificationError? Validate()
    {
        if (RuleCount < MinRuleCount)
        {
            return PublicSuffixListErrors.Incomplete($"It has {RuleCount} rules; the real list has more than {MinRuleCount}.");
        }

        foreach (var rule in WellKnownRules)
        {
            var match = Find(rule);
            if (match.SuffixStart != 0 || match.Division == PublicSuffixDivision.Unlisted)
            {
                return PublicSuffixListErrors.Incomplete($"It has no rule for '{rule}'.");
            }
        }

        return Find("github.io").Division == PublicSuffixDivision.Private && Find("com").Division == PublicSuffixDivision.Icann
            ? null
            : PublicSuffixListErrors.Incomplete("Its ICANN and PRIVATE sections are mixed up.");
    }

    /// <summary>Every rule, in no particular order.</summary>
    public IEnumerable<PublicSuffixRule> EnumerateRules() => SuffixRules.Enumerate(_tree);
}
