using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>
/// A fully qualified DNS name: up to 127 labels of 1 to 63 octets, at most 255 octets in wire form (RFC 1035, section 2.3.4).
/// </summary>
/// <remarks>
/// Any octet may stand in a label, underscores too; whether the name is a valid host name is for others to judge. Two names are equal when
/// they differ only in the case of ASCII letters (RFC 4343); the case itself is kept. Names are immutable.
/// </remarks>
public sealed class DnsName : IEquatable<DnsName>
{
    /// <summary>The longest wire form, in octets (RFC 1035, section 2.3.4).</summary>
    public const int MaxWireLength = 255;

    /// <summary>The longest label, in octets (RFC 1035, section 2.3.4).</summary>
    public const int MaxLabelLength = 63;

    private readonly byte[] _wire;

    // Worked out once, since a name is a key. Zero stands for not yet.
    private int _hashCode;

    internal DnsName(byte[] wire, int labelCount)
    {
        _wire = wire;
        LabelCount = labelCount;
    }

    /// <summary>The root, written <c>.</c>.</summary>
    public static DnsName Root { get; } = new([0], 0);

    /// <summary>How many labels the name has; 0 for the root.</summary>
    public int LabelCount { get; }

    /// <summary>
    /// The octets of the name in uncompressed wire form: each label after its length, then a zero octet (RFC 1035, section 3.1).
    /// </summary>
    public ReadOnlySpan<byte> WireForm => _wire;

    /// <summary>The name without its first label; null for the root.</summary>
    public DnsName? Parent => LabelCount switch
    {
        0 => null,
        1 => Root,
        _ => new DnsName(_wire[(_wire[0] + 1)..], LabelCount - 1),
    };

    /// <summary>Reads a name in presentation format and throws where <see cref="TryParse"/> answers false.</summary>
    /// <param name="text">See <see cref="TryParse"/>.</param>
    /// <exception cref="FormatException">The text is not a DNS name.</exception>
    public static DnsName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is not a DNS name.");
    }

    /// <summary>Reads a name in presentation format (RFC 1035, section 5.1).</summary>
    /// <param name="text">
    /// Labels joined by dots, with or without a dot at the end; <c>.</c> alone is the root. <c>\.</c> stands for a dot inside a label and
    /// <c>\DDD</c> for the octet of that decimal value. Only printable ASCII without spaces; names beyond ASCII have to come as A-labels.
    /// </param>
    /// <param name="name">The name; null where the text is not one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text == ".")
        {
            name = Root;
            return true;
        }

        return DnsNamePresentation.TryParse(text, out name);
    }

    /// <summary>The name with one more label in front.</summary>
    /// <param name="label">One label in presentation format, such as <c>_acme-challenge</c>.</param>
    /// <exception cref="ArgumentException">The text is not one label, or the result passes <see cref="MaxWireLength"/>.</exception>
    public DnsName Prepend(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        var isOneLabel = TryParse(label, out var first) && first.LabelCount == 1;
        return isOneLabel && TryConcat(first!._wire.AsSpan(..^1), 1, this, out var name)
            ? name
            : throw new ArgumentException($"'{label}' is not one label, or makes the name too long.", nameof(label));
    }

    /// <summary>Whether the name is <paramref name="ancestor"/> itself or lies below it. Every name is below the root.</summary>
    /// <param name="ancestor">The name to look for at the end of this one, label by label.</param>
    public bool IsSubdomainOf(DnsName ancestor)
    {
        ArgumentNullException.ThrowIfNull(ancestor);
        var extra = LabelCount - ancestor.LabelCount;
        return extra >= 0 && EqualIgnoringCase(_wire.AsSpan(OffsetOfLabel(extra)), ancestor._wire);
    }

    /// <summary>Whether both names are the same, the case of letters ignored (RFC 4343).</summary>
    /// <param name="other">The name to compare with.</param>
    public bool Equals(DnsName? other) =>
        other is not null && (ReferenceEquals(this, other) || EqualIgnoringCase(_wire, other._wire));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsName);

    /// <summary>Whether both names are the same octet by octet, the case of letters included.</summary>
    /// <param name="other">The name to compare with.</param>
    public bool EqualsExactly(DnsName? other) => other is not null && _wire.AsSpan().SequenceEqual(other._wire);

    /// <inheritdoc/>
    public override int GetHashCode() => _hashCode != 0 ? _hashCode : _hashCode = ComputeHashCode();

    /// <summary>
    /// The name in presentation format without a dot at the end, <c>.</c> for the root; <see cref="Parse"/> reads it back. Dots and
    /// backslashes inside labels are escaped, octets outside printable ASCII are written <c>\DDD</c>.
    /// </summary>
    public override string ToString() => DnsNamePresentation.Format(_wire);

    /// <summary>Compares as <see cref="Equals(DnsName?)"/> does.</summary>
    public static bool operator ==(DnsName? left, DnsName? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares as <see cref="Equals(DnsName?)"/> does.</summary>
    public static bool operator !=(DnsName? left, DnsName? right) => !(left == right);

    /// <summary>
    /// Replaces the end of the name by another: the substitution of a DNAME record (RFC 6672, section 2.2). False where the result passes
    /// <see cref="MaxWireLength"/>.
    /// </summary>
    internal bool TryReplaceSuffix(DnsName suffix, DnsName replacement, [NotNullWhen(true)] out DnsName? name)
    {
        var kept = LabelCount - suffix.LabelCount;
        return TryConcat(_wire.AsSpan(..OffsetOfLabel(kept)), kept, replacement, out name);
    }

    // A length octet is at most 63 and so never looks like a letter: whole wire forms can be folded and compared in one go.
    internal static bool EqualIgnoringCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && Letters.Fold(left[i]) != Letters.Fold(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    [SkipLocalsInit]
    private int ComputeHashCode()
    {
        Span<byte> folded = stackalloc byte[MaxWireLength];
        Letters.Fold(_wire, folded);
        HashCode hash = new();
        hash.AddBytes(folded[.._wire.Length]);
        return hash.ToHashCode();
    }

    private static bool TryConcat(ReadOnlySpan<byte> labels, int count, DnsName end, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (labels.Length + end._wire.Length > MaxWireLength)
        {
            return false;
        }

        name = new DnsName([.. labels, .. end._wire], count + end.LabelCount);
        return true;
    }

    private int OffsetOfLabel(int index)
    {
        var offset = 0;
        for (var i = 0; i < index; i++)
        {
            offset += _wire[offset] + 1;
        }

        return offset;
    }
}
