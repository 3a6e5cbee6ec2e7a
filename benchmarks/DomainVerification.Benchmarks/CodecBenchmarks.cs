using BenchmarkDotNet.Attributes;
using DomainVerification.Dns;

namespace DomainVerification.Benchmarks;

/// <summary>Reading and writing a DNS message as a proof meets it: one TXT record behind one alias.</summary>
[MemoryDiagnoser]
public class CodecBenchmarks
{
    private readonly DnsMessage _response = Response();
    private byte[] _packet = [];

    [GlobalSetup]
    public void SetUp() => _packet = DnsMessageWriter.Write(_response);

    [Benchmark]
    public DnsMessage? Read()
    {
        DnsMessageReader.TryRead(_packet, out var message, out _);
        return message;
    }

    [Benchmark]
    public byte[] Write() => DnsMessageWriter.Write(_response);

    [Benchmark]
    public DnsName ParseName() => DnsName.Parse("_acme-domain-challenge.www.example.com");

    private static DnsMessage Response()
    {
        var name = DnsName.Parse("_acme-challenge.example.com");
        var target = DnsName.Parse("k7c2.dcv.host.example");
        return new DnsMessage
        {
            Id = 1234,
            Flags = DnsHeaderFlags.Response | DnsHeaderFlags.RecursionDesired | DnsHeaderFlags.RecursionAvailable,
            Questions = [new DnsQuestion(name, DnsRecordType.TXT)],
            Answers =
            [
                new DnsCnameRecord(name, TimeSpan.FromMinutes(5), target),
                new DnsTxtRecord(target, TimeSpan.FromMinutes(5), "token=akxkginnnye5zik5hexyjcvsrgld6ery expiry=2026-11-29"),
            ],
            Edns = new DnsEdns(),
        };
    }
}
