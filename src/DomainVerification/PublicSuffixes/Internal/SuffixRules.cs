using System.Text;

namespace DomainVerification.PublicSuffixes.Internal;

/// <summary>Puts rules into a tree, and reads them back out.</summary>
internal static class SuffixRules
{
    /// <summary>Adds a canonical rule without its exclamation mark.</summary>
    /// <returns>Whether the rule is new to the tree.</returns>
    public static bool TryAdd(SuffixTree tree, ReadOnlySpan<char> rule, SuffixFlags flag)
    {
        var node = SuffixTree.Root;
        while (true)
        {
            var dot = rule.LastIndexOf('.');
            node = tree.GetOrAddChild(node, rule[(dot + 1)..]);
            if (dot < 0)
            {
                break;
            }

            rule = rule[..dot];
        }

        if ((tree.FlagsOf(node) & flag) != 0)
        {
            return false;
        }

        tree.Mark(node, flag);
        return true;
    }

    /// <summary>
    /// Makes the parent of every wildcard a suffix too: who runs <c>*.compute.example</c> runs <c>compute.example</c>, and nobody else can
    /// own it.
    /// </summary>
    public static void MarkImpliedParents(SuffixTree tree)
    {
        // Children come after their parents, so going backwards carries *.*.example up to example.
        for (var node = tree.Count - 1; node > SuffixTree.Root; node--)
        {
            var parent = tree.ParentOf(node);
            var inherited = tree.FlagsOf(node) & SuffixFlags.AnyRule;
            var isImplied = inherited != 0 && parent != SuffixTree.Root && tree.LabelOf(node) is SuffixTree.Wildcard;
            if (isImplied && (tree.FlagsOf(parent) & SuffixFlags.AnyRule) == 0)
            {
                tree.Mark(parent, inherited | SuffixFlags.Implied);
            }
        }
    }

    public static IEnumerable<PublicSuffixRule> Enumerate(SuffixTree tree)
    {
        for (var node = 1; node < tree.Count; node++)
        {
            var flags = tree.FlagsOf(node);
            if ((flags & SuffixFlags.Implied) == 0)
            {
                if ((flags & SuffixFlags.Icann) != 0)
                {
                    yield return new PublicSuffixRule(NameOf(tree, node), PublicSuffixDivision.Icann);
                }

                if ((flags & SuffixFlags.Private) != 0)
                {
                    yield return new PublicSuffixRule(NameOf(tree, node), PublicSuffixDivision.Private);
                }
            }

            if ((flags & SuffixFlags.IcannException) != 0)
            {
                yield return new PublicSuffixRule("!" + NameOf(tree, node), PublicSuffixDivision.Icann);
            }

            if ((flags & SuffixFlags.PrivateException) != 0)
            {
                yield return new PublicSuffixRule("!" + NameOf(tree, node), PublicSuffixDivision.Private);
            }
        }
    }

    private static string NameOf(SuffixTree tree, int node)
    {
        var name = new StringBuilder();
        for (; node != SuffixTree.Root; node = tree.ParentOf(node))
        {
            name.Append(name.Length == 0 ? "" : ".").Append(tree.LabelOf(node));
        }

        return name.ToString();
    }
}
