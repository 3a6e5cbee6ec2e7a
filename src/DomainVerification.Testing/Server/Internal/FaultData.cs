using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>What spoiled answers are made of.</summary>
internal static class FaultData
{
    /// <summary>The largest UDP payload over IPv4: 65,535 less the headers of IP and UDP.</summary>
    private const int MaxUdpPayload = 65_507;

    private const int FillerStrings = 15;

    private static readonly ReadOnlyMemory<byte>[] _filler =
        [.. Enumerable.Repeat<ReadOnlyMemory<byte>>(Enumerable.Repeat((byte)'x', DnsTxtRecord.MaxStringLength).ToArray(), FillerStrings)];

    /// <summary>A name that nobody asked for.</summary>
    public static DnsName WrongName { get; } = DnsName.Parse("somebody-else.invalid");

    /// <summary>All ones: flags and counts that promise far more than there is.</summary>
    public static byte[] Garbage { get; } = [.. Enumerable.Repeat((byte)0xFF, 40)];

    public static DnsQuestion FlipCase(DnsQuestion question) =>
        question with { Name = DnsName.Parse(string.Concat(question.Name.ToString().Select(FlipCase))) };

    /// <summary>The octets of a message with TXT records added until no other fits the transport.</summary>
    public static byte[] Fill(DnsMessage message, LoopbackTransport transport)
    {
        var limit = transport == LoopbackTransport.Udp ? MaxUdpPayload : DnsMessageWriter.MaxMessageLength;
        var filler = new DnsTxtRecord(message.Question!.Name, TimeSpan.Zero, _filler);
        var octets = DnsMessageWriter.Write(message);
        var buffer = new byte[limit];
        for (var larger = WithOneMore(message); DnsMessageWriter.TryWrite(larger, buffer, out var written); larger = WithOneMore(larger))
        {
            octets = buffer[..written];
        }

        return octets;

        DnsMessage WithOneMore(DnsMessage smaller) => smaller.With(answers: [.. smaller.Answers, filler]);
    }

    private static char FlipCase(char c) => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c);
}
