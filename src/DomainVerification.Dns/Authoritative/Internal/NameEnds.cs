namespace DomainVerification.Dns;

/// <summary>
/// A name in lower case and all its ends, from itself to the root, each with a hash: what is above a name is looked for without making
/// names of it.
/// </summary>
internal ref struct NameEnds
{
    /// <summary>The most labels that a name can have, of one octet after its length each (RFC 1035, section 2.3.4), and the root.</summary>
    public const int Most = (DnsName.MaxWireLength / 2) + 1;

    private readonly Span<byte> _folded;
    private readonly Span<byte> _offsets;
    private readonly Span<int> _hashes;

    /// <param name="name">The name.</param>
    /// <param name="folded">Room for <see cref="DnsName.MaxWireLength"/> octets.</param>
    /// <param name="offsets">Room for <see cref="Most"/> of them.</param>
    /// <param name="hashes">Room for <see cref="Most"/> of them.</param>
    public NameEnds(DnsName name, Span<byte> folded, Span<byte> offsets, Span<int> hashes)
    {
        // A length octet is at most 63 and so never looks like a letter.
        Letters.Fold(name.WireForm, folded);
        _folded = folded[..name.WireForm.Length];
        _offsets = offsets;
        _hashes = hashes;
        for (var (at, offset) = (name.LabelCount, 0); at >= 0; at--)
        {
            offsets[at] = (byte)offset;
            offset += folded[offset] + 1;
        }

        HashCode hash = new();
        for (var (at, end) = (0, _folded.Length); at <= name.LabelCount; at++)
        {
            hash.AddBytes(_folded[offsets[at]..end]);
            hashes[at] = hash.ToHashCode();
            end = offsets[at];
        }
    }

    /// <summary>The octets of the last labels of the name.</summary>
    /// <param name="labels">How many.</param>
    public readonly ReadOnlySpan<byte> Of(int labels) => _folded[_offsets[labels]..];

    /// <summary>The hash of <see cref="Of"/>.</summary>
    public readonly int HashOf(int labels) => _hashes[labels];
}
