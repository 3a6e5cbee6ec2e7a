using System.Text;

namespace DomainVerification.Dns.Tests;

/// <summary>Builds packets octet by octet, lies included.</summary>
internal sealed class Packet
{
    private readonly List<byte> _octets = [];

    public int Length => _octets.Count;

    public static Packet Header(int questions = 0, int answers = 0, int authorities = 0, int additionals = 0, int flags = 0x8180) =>
        new Packet().Word(0x1234).Word(flags).Word(questions).Word(answers).Word(authorities).Word(additionals);

    public Packet Octets(params byte[] octets)
    {
        _octets.AddRange(octets);
        return this;
    }

    public Packet Word(int value) => Octets((byte)(value >> 8), (byte)value);

    public Packet Pointer(int target) => Word(0xC000 | target);

    /// <summary>A length octet and the text, without an end of name.</summary>
    public Packet Label(string text) => Octets([(byte)text.Length, .. Encoding.ASCII.GetBytes(text)]);

    public Packet Name(string name) => Octets(DnsName.Parse(name).WireForm.ToArray());

    public Packet Question(string name, DnsRecordType type) => Name(name).Word((int)type).Word(1);

    /// <summary>Type, class, time to live and length of a record; the owner goes before, the data after.</summary>
    public Packet Fixed(DnsRecordType type, int length) => Word((int)type).Word(1).Word(0).Word(60).Word(length);

    public byte[] ToArray() => [.. _octets];
}
