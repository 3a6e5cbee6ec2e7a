namespace DomainVerification.Dns;

/// <summary>Compares names as <see cref="DnsName"/> does, also with a piece of another name's wire form, which saves making the parent.</summary>
internal sealed class WireNameComparer : IEqualityComparer<DnsName>, IAlternateEqualityComparer<ReadOnlySpan<byte>, DnsName>
{
    public static WireNameComparer Instance { get; } = new();

    public bool Equals(DnsName? x, DnsName? y) => x == y;

    public int GetHashCode(DnsName obj) => GetHashCode(obj.WireForm);

    public bool Equals(ReadOnlySpan<byte> alternate, DnsName other) => DnsName.EqualIgnoringCase(alternate, other.WireForm);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        Span<byte> folded = stackalloc byte[DnsName.MaxWireLength];
        for (var i = 0; i < alternate.Length; i++)
        {
            // A length octet is at most 63 and so never looks like a letter.
            folded[i] = char.IsAsciiLetterUpper((char)alternate[i]) ? (byte)(alternate[i] | 0x20) : alternate[i];
        }

        HashCode hash = new();
        hash.AddBytes(folded[..alternate.Length]);
        return hash.ToHashCode();
    }

    public DnsName Create(ReadOnlySpan<byte> alternate) => throw new NotSupportedException("Nothing is added by a piece of a name.");
}
