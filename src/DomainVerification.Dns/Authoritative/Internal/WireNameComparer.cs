namespace DomainVerification.Dns;

/// <summary>
/// Compares names as <see cref="DnsName"/> does, also with a piece of another name's wire form in lower case, which saves making the parent.
/// </summary>
internal sealed class WireNameComparer : IEqualityComparer<DnsName>, IAlternateEqualityComparer<ReadOnlySpan<byte>, DnsName>
{
    public static WireNameComparer Instance { get; } = new();

    /// <summary>Writes the wire form of a name in lower case, of which every piece that begins with a label can be looked for.</summary>
    /// <param name="name">The name.</param>
    /// <param name="destination">Room for <see cref="DnsName.MaxWireLength"/> octets.</param>
    public static ReadOnlySpan<byte> Fold(DnsName name, Span<byte> destination)
    {
        // A length octet is at most 63 and so never looks like a letter.
        Letters.Fold(name.WireForm, destination);
        return destination[..name.WireForm.Length];
    }

    public bool Equals(DnsName? x, DnsName? y) => x == y;

    public int GetHashCode(DnsName obj)
    {
        Span<byte> folded = stackalloc byte[DnsName.MaxWireLength];
        return GetHashCode(Fold(obj, folded));
    }

    public bool Equals(ReadOnlySpan<byte> alternate, DnsName other) => DnsName.EqualIgnoringCase(alternate, other.WireForm);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        HashCode hash = new();
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public DnsName Create(ReadOnlySpan<byte> alternate) => throw new NotSupportedException("Nothing is added by a piece of a name.");
}
