using System.Runtime.InteropServices;

namespace DomainVerification.PublicSuffixes.Internal;

/// <summary>
/// The rules as a tree of labels, right to left, with every child in one hash table keyed by (parent, label). It grows while a list is
/// read and never afterwards, so that readers need no lock.
/// </summary>
internal sealed class SuffixTree
{
    public const int Root = 0;
    public const string Wildcard = "*";

    private readonly List<Node> _nodes;
    private readonly List<char> _labels;
    private int[] _slots;

    public SuffixTree(int expectedNodes, int expectedLabelChars)
    {
        _nodes = new List<Node>(expectedNodes) { new(-1, 0, 0, SuffixFlags.None) };
        _labels = new List<char>(expectedLabelChars);
        _slots = new int[SlotsFor(expectedNodes)];
    }

    public int Count => _nodes.Count;

    public int LabelChars => _labels.Count;

    public SuffixFlags FlagsOf(int node) => _nodes[node].Flags;

    public int ParentOf(int node) => _nodes[node].Parent;

    public ReadOnlySpan<char> LabelOf(int node)
    {
        var entry = _nodes[node];
        return CollectionsMarshal.AsSpan(_labels).Slice(entry.LabelStart, entry.LabelLength);
    }

    public void Mark(int node, SuffixFlags flags)
    {
        var entry = _nodes[node];
        _nodes[node] = entry with { Flags = entry.Flags | flags };
    }

    /// <summary>The child of a node with exactly this label, or -1.</summary>
    public int FindChild(int parent, ReadOnlySpan<char> label)
    {
        var nodes = CollectionsMarshal.AsSpan(_nodes);
        var labels = CollectionsMarshal.AsSpan(_labels);
        var slots = _slots;
        for (var slot = Hash(parent, label) & (slots.Length - 1); ; slot = (slot + 1) & (slots.Length - 1))
        {
            var candidate = slots[slot];
            if (candidate == 0)
            {
                return -1;
            }

            // A hash alone could be forced to collide, so parent and text decide.
            ref readonly var node = ref nodes[candidate];
            if (node.Parent == parent && label.SequenceEqual(labels.Slice(node.LabelStart, node.LabelLength)))
            {
                return candidate;
            }
        }
    }

    public int GetOrAddChild(int parent, ReadOnlySpan<char> label)
    {
        var existing = FindChild(parent, label);
        return existing >= 0 ? existing : AddChild(parent, label, SuffixFlags.None);
    }

    /// <summary>Adds a child that is known to be new.</summary>
    public int AddChild(int parent, ReadOnlySpan<char> label, SuffixFlags flags)
    {
        var node = _nodes.Count;
        _nodes.Add(new Node(parent, _labels.Count, (byte)label.Length, flags));
        _labels.AddRange(label);
        if (label is Wildcard)
        {
            Mark(parent, SuffixFlags.HasWildcard);
        }

        if (_nodes.Count * 2 <= _slots.Length)
        {
            Place(node);
        }
        else
        {
            Grow();
        }

        return node;
    }

    public void TrimExcess()
    {
        _nodes.TrimExcess();
        _labels.TrimExcess();
    }

    private void Grow()
    {
        _slots = new int[SlotsFor(_nodes.Count)];
        for (var node = 1; node < _nodes.Count; node++)
        {
            Place(node);
        }
    }

    private void Place(int node)
    {
        var slot = Hash(_nodes[node].Parent, LabelOf(node)) & (_slots.Length - 1);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = node;
    }

    // At most half full, so that a miss ends after a probe or two.
    private static int SlotsFor(int nodes) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)nodes * 2 + 2);

    // FNV-1a over the label, started from the parent.
    private static int Hash(int parent, ReadOnlySpan<char> label)
    {
        var hash = unchecked((uint)parent * 0x9E3779B1u) ^ 2166136261u;
        foreach (var character in label)
        {
            hash = unchecked((hash ^ character) * 16777619u);
        }

        return (int)((hash ^ (hash >> 15)) & int.MaxValue);
    }

    private readonly record struct Node(int Parent, int LabelStart, byte LabelLength, SuffixFlags Flags);
}
