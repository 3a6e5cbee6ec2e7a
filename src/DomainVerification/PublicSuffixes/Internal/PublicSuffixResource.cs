using System.Buffers.Binary;
using System.Text;

namespace DomainVerification.PublicSuffixes.Internal;

/// <summary>
/// The compact form in which the package carries its list: a header, then per node its parent (4 bytes), the length of its label and its
/// flags (1 byte each), then all labels in ASCII. Numbers are little-endian.
/// </summary>
internal static class PublicSuffixResource
{
    public const string Name = "DomainVerification.PublicSuffixes.public-suffixes.bin";

    private const int HeaderLength = 20;
    private const int NodeLength = 6;

    private static ReadOnlySpan<byte> Magic => "DVPS"u8;

    public static PublicSuffixList Load()
    {
        using var stream = typeof(PublicSuffixResource).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException("The assembly was built without its public suffix list.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return Read(content);
    }

    public static PublicSuffixList Read(ReadOnlySpan<byte> content)
    {
        if (content.Length < HeaderLength || !content.StartsWith(Magic))
        {
            throw new InvalidDataException("This is no compiled public suffix list.");
        }

        var date = DateOnly.FromDayNumber(ReadInt32(content, 4));
        var ruleCount = ReadInt32(content, 8);
        var nodeCount = ReadInt32(content, 12);
        var labelChars = ReadInt32(content, 16);
        var nodes = content.Slice(HeaderLength, nodeCount * NodeLength);
        var ascii = content.Slice(HeaderLength + nodes.Length, labelChars);

        var tree = new SuffixTree(nodeCount + 1, labelChars);
        Span<char> label = stackalloc char[byte.MaxValue];
        for (; !nodes.IsEmpty; nodes = nodes[NodeLength..])
        {
            var length = nodes[4];
            Encoding.ASCII.GetChars(ascii[..length], label);
            ascii = ascii[length..];
            tree.AddChild(ReadInt32(nodes, 0), label[..length], (SuffixFlags)nodes[5]);
        }

        return new PublicSuffixList(tree, ruleCount, date);
    }

    public static byte[] Write(PublicSuffixList list)
    {
        var tree = list.Tree;
        var nodeCount = tree.Count - 1;
        var content = new byte[HeaderLength + nodeCount * NodeLength + tree.LabelChars];
        Magic.CopyTo(content);
        WriteInt32(content, 4, list.ListDate?.DayNumber ?? throw new ArgumentException("The list has no date.", nameof(list)));
        WriteInt32(content, 8, list.RuleCount);
        WriteInt32(content, 12, nodeCount);
        WriteInt32(content, 16, tree.LabelChars);

        var labels = content.AsSpan(HeaderLength + nodeCount * NodeLength);
        for (var node = 1; node <= nodeCount; node++)
        {
            var entry = content.AsSpan(HeaderLength + (node - 1) * NodeLength, NodeLength);
            var label = tree.LabelOf(node);
            WriteInt32(entry, 0, tree.ParentOf(node));
            entry[4] = (byte)label.Length;
            entry[5] = (byte)tree.FlagsOf(node);
            Encoding.ASCII.GetBytes(label, labels);
            labels = labels[label.Length..];
        }

        return content;
    }

    private static int ReadInt32(ReadOnlySpan<byte> content, int offset) => BinaryPrimitives.ReadInt32LittleEndian(content[offset..]);

    private static void WriteInt32(Span<byte> content, int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(content[offset..], value);
}
