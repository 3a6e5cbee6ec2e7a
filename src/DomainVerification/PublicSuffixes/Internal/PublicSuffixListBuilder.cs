using System.Globalization;

namespace DomainVerification.PublicSuffixes.Internal;

/// <summary>Collects rules, brings them into canonical form and makes the immutable list.</summary>
internal sealed class PublicSuffixListBuilder
{
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;

    private readonly SuffixTree _tree;
    private readonly IdnMapping _idn = new() { AllowUnassigned = true };
    private int _ruleCount;

    /// <param name="textLength">
    /// The length of the text that the rules come from. The real list has 28 characters of rules and comments to a node of the tree.
    /// </param>
    public PublicSuffixListBuilder(int textLength) => _tree = new SuffixTree(textLength / 28, textLength / 4);

    /// <summary>Adds a rule as the list writes it: Unicode or A-labels, perhaps with a wildcard or an exclamation mark.</summary>
    /// <returns>What is wrong with the rule, or null.</returns>
    public string? TryAdd(ReadOnlySpan<char> rule, PublicSuffixDivision division)
    {
        var isException = rule[0] == '!';
        var name = isException ? rule[1..] : rule;
        if (name.Length > MaxNameLength)
        {
            return "the rule is longer than a domain name.";
        }

        Span<char> buffer = stackalloc char[MaxNameLength + 1];
        if (!TryCanonicalize(name, buffer, out var length))
        {
            return "the rule is not a domain name.";
        }

        var canonical = buffer[..length];
        if (isException && !canonical.Contains('.'))
        {
            return "an exception needs two labels at least.";
        }

        if (SuffixRules.TryAdd(_tree, canonical, FlagOf(division, isException)))
        {
            _ruleCount++;
        }

        return null;
    }

    public PublicSuffixList Build(DateOnly? date)
    {
        SuffixRules.MarkImpliedParents(_tree);
        _tree.TrimExcess();
        return new PublicSuffixList(_tree, _ruleCount, date);
    }

    private bool TryCanonicalize(ReadOnlySpan<char> name, Span<char> canonical, out int length)
    {
        length = 0;
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (!System.Text.Ascii.IsValid(label) && !TryEncode(label, out label))
            {
                return false;
            }

            if (label.Length is 0 or > MaxLabelLength || length + label.Length >= canonical.Length)
            {
                return false;
            }

            if (length > 0)
            {
                canonical[length++] = '.';
            }

            if (!TryLower(label, canonical[length..]))
            {
                return false;
            }

            length += label.Length;
        }

        return true;
    }

    private bool TryEncode(ReadOnlySpan<char> label, out ReadOnlySpan<char> encoded)
    {
        try
        {
            encoded = _idn.GetAscii(label.ToString());
            return true;
        }
        catch (ArgumentException)
        {
            // IdnMapping has no other way to say that a label cannot be encoded.
            encoded = default;
            return false;
        }
    }

    private static bool TryLower(ReadOnlySpan<char> label, Span<char> lower)
    {
        if (label is SuffixTree.Wildcard)
        {
            lower[0] = '*';
            return true;
        }

        for (var index = 0; index < label.Length; index++)
        {
            if (!char.IsAsciiLetterOrDigit(label[index]) && label[index] is not ('-' or '_'))
            {
                return false;
            }

            lower[index] = char.ToLowerInvariant(label[index]);
        }

        return true;
    }

    private static SuffixFlags FlagOf(PublicSuffixDivision division, bool isException) => (division, isException) switch
    {
        (PublicSuffixDivision.Icann, false) => SuffixFlags.Icann,
        (PublicSuffixDivision.Icann, true) => SuffixFlags.IcannException,
        (PublicSuffixDivision.Private, false) => SuffixFlags.Private,
        (PublicSuffixDivision.Private, true) => SuffixFlags.PrivateException,
        _ => throw new ArgumentOutOfRangeException(nameof(division), division, "A rule stands in one of the two sections."),
    };
}
