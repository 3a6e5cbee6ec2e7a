namespace DomainVerification.Dns;

/// <summary>
/// The name servers and addresses behind the answers of a response. Their form has been checked, and few read them, so they are made when
/// somebody does. Two who read at once may both make them, and make the same.
/// </summary>
/// <param name="message">The octets of the message.</param>
/// <param name="start">Where the authority section begins.</param>
/// <param name="authorities">How many records that section has.</param>
/// <param name="additionals">How many records the additional section has, the OPT record included.</param>
internal sealed class DnsMessageRest(ReadOnlyMemory<byte> message, int start, int authorities, int additionals)
{
    private DnsMessage? _made;

    public IReadOnlyList<DnsRecord> Authorities => Made.Authorities;

    public IReadOnlyList<DnsRecord> Additionals => Made.Additionals;

    private DnsMessage Made => _made ??= DnsMessageReader.ReadRest(message, start, authorities, additionals);
}
