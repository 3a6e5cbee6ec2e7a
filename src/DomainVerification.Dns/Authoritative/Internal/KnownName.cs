namespace DomainVerification.Dns;

/// <summary>What is known of a name: that a zone begins there, or that none does. Immutable.</summary>
/// <param name="octets">The wire form of the name, in lower case.</param>
/// <param name="hash">See <see cref="NameEnds.HashOf"/>.</param>
/// <param name="cut">The zone that begins there; null where none does.</param>
/// <param name="until">How long that holds, in ticks of UTC.</param>
internal sealed class KnownName(byte[] octets, int hash, ZoneCut? cut, long until)
{
    public ReadOnlySpan<byte> Octets => octets;

    public int Hash => hash;

    public ZoneCut? Cut => cut;

    public long Until => until;
}
