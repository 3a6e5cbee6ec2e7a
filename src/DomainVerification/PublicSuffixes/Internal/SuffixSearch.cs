namespace DomainVerification.PublicSuffixes.Internal;

/// <summary>One look-up: walks the labels of a name from the right and keeps the prevailing rule.</summary>
internal ref struct SuffixSearch
{
    private readonly SuffixTree _tree;
    private readonly ReadOnlySpan<char> _name;
    private readonly SuffixFlags _rules;
    private readonly SuffixFlags _exceptions;
    private int _ruleStart = -1;
    private SuffixFlags _ruleFlags;
    private int _exceptionStart = -1;
    private SuffixFlags _exceptionFlags;

    private SuffixSearch(SuffixTree tree, ReadOnlySpan<char> name, PublicSuffixScope scope)
    {
        _tree = tree;
        _name = name;
        (_rules, _exceptions) = scope == PublicSuffixScope.IcannOnly
            ? (SuffixFlags.Icann, SuffixFlags.IcannException)
            : (SuffixFlags.AnyRule, SuffixFlags.AnyException);
    }

    public static PublicSuffixMatch Run(SuffixTree tree, ReadOnlySpan<char> name, PublicSuffixScope scope)
    {
        var search = new SuffixSearch(tree, name, scope);
        search.Visit(SuffixTree.Root, name.Length);
        return search.Conclude();
    }

    /// <summary>Follows the label that ends before <paramref name="end"/> to children of a node that matched all to its right.</summary>
    private void Visit(int node, int end)
    {
        var start = end <= 0 ? end : LabelStart(end);
        if (start >= end)
        {
            return;
        }

        var exact = _tree.FindChild(node, _name[start..end]);
        if (exact >= 0)
        {
            Follow(exact, start);
        }

        if ((_tree.FlagsOf(node) & SuffixFlags.HasWildcard) != 0)
        {
            Follow(_tree.FindChild(node, SuffixTree.Wildcard), start);
        }
    }

    private void Follow(int node, int start)
    {
        var flags = _tree.FlagsOf(node);

        // All matches are suffixes of one name, so the one that starts first has the most labels.
        if ((flags & _rules) != 0 && (_ruleStart < 0 || start < _ruleStart))
        {
            (_ruleStart, _ruleFlags) = (start, flags);
        }

        if ((flags & _exceptions) != 0 && (_exceptionStart < 0 || start < _exceptionStart))
        {
            (_exceptionStart, _exceptionFlags) = (start, flags);
        }

        Visit(node, start - 1);
    }

    private readonly PublicSuffixMatch Conclude()
    {
        if (_exceptionStart >= 0)
        {
            var suffix = _name[_exceptionStart..].IndexOf('.') + _exceptionStart + 1;
            return Match(DivisionOf(_exceptionFlags, SuffixFlags.IcannException), suffix);
        }

        return _ruleStart >= 0
            ? Match(DivisionOf(_ruleFlags, SuffixFlags.Icann), _ruleStart)
            : Match(PublicSuffixDivision.Unlisted, LabelStart(_name.Length));
    }

    private readonly PublicSuffixMatch Match(PublicSuffixDivision division, int suffixStart)
    {
        var end = suffixStart - 1;
        var registrable = end <= 0 ? end : LabelStart(end);
        return new PublicSuffixMatch(division, suffixStart, registrable < end ? registrable : -1);
    }

    private readonly int LabelStart(int end) => _name[..end].LastIndexOf('.') + 1;

    private static PublicSuffixDivision DivisionOf(SuffixFlags flags, SuffixFlags icann) =>
        (flags & icann) != 0 ? PublicSuffixDivision.Icann : PublicSuffixDivision.Private;
}
