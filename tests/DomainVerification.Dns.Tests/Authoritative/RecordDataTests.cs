using System.Net;

namespace DomainVerification.Dns.Tests;

public sealed class RecordDataTests
{
    private static readonly DnsName Owner = DnsName.Parse("_challenge.acme.example");
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Data_DoesNotDependOnTheTimeToLiveNorOnTheCaseOfNames()
    {
        AssertSame(new DnsTxtRecord(Owner, Minute, "token"), new DnsTxtRecord(Owner, TimeSpan.Zero, "token"));
        AssertSame(
            new DnsCnameRecord(Owner, Minute, DnsName.Parse("Target.example")),
            new DnsCnameRecord(Owner, Minute, DnsName.Parse("tARGET.EXAMPLE")));
        AssertSame(new DnsARecord(Owner, Minute, IPAddress.Loopback), new DnsARecord(Owner, TimeSpan.Zero, IPAddress.Loopback));
    }

    [Fact]
    public void Data_DependsOnEveryOctetOfText()
    {
        AssertDifferent(new DnsTxtRecord(Owner, Minute, "token"), new DnsTxtRecord(Owner, Minute, "Token"));
        AssertDifferent(new DnsTxtRecord(Owner, Minute, "token"), new DnsTxtRecord(Owner, Minute, ["tok"u8.ToArray(), "en"u8.ToArray()]));
        AssertDifferent(
            new DnsUnknownRecord(Owner, DnsRecordType.CAA, Minute, "a"u8.ToArray()),
            new DnsUnknownRecord(Owner, DnsRecordType.CAA, Minute, "A"u8.ToArray()));
        AssertDifferent(
            new DnsUnknownRecord(Owner, DnsRecordType.CAA, Minute, "a"u8.ToArray()),
            new DnsUnknownRecord(Owner, DnsRecordType.SRV, Minute, "a"u8.ToArray()));
    }

    /// <summary>The octets of an address are no letters, though some have the values of letters.</summary>
    [Fact]
    public void Data_DependsOnEveryOctetOfAnAddress()
    {
        AssertDifferent(
            new DnsARecord(Owner, Minute, IPAddress.Parse("192.0.2.65")),
            new DnsARecord(Owner, Minute, IPAddress.Parse("192.0.2.97")));
        AssertDifferent(
            new DnsAaaaRecord(Owner, Minute, IPAddress.Parse("2001:db8::41")),
            new DnsAaaaRecord(Owner, Minute, IPAddress.Parse("2001:db8::61")));
    }

    [Fact]
    public void Sets_AreTheSameInAnyOrder()
    {
        DnsRecord[] texts = [.. Enumerable.Range(0, 5).Select(index => new DnsTxtRecord(Owner, Minute, $"value {index}"))];

        Assert.True(RecordData.AreSame(texts, [.. texts.Reverse()]));
        Assert.True(RecordData.AreSame([], []));
        Assert.False(RecordData.AreSame(texts, texts[1..]));
        Assert.False(RecordData.AreSame(texts[..4], texts[1..]));
    }

    /// <summary>Once each comparison took a message's length of memory, a megabyte for a zone of four servers.</summary>
    [Fact]
    public void Comparing_TakesLittleMemory()
    {
        DnsRecord[] one = [new DnsTxtRecord(Owner, Minute, "token"), new DnsCnameRecord(Owner, Minute, Owner)];
        DnsRecord[] other = [new DnsTxtRecord(Owner, Minute, "token"), new DnsCnameRecord(Owner, Minute, Owner)];
        Assert.True(RecordData.AreSame(one, other));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            RecordData.AreSame(one, other);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 1024);
    }

    private static void AssertSame(DnsRecord one, DnsRecord other)
    {
        Assert.Equal(RecordData.Of(one), RecordData.Of(other));
        Assert.Equal(RecordData.Of(one).GetHashCode(), RecordData.Of(other).GetHashCode());
        Assert.True(RecordData.AreSame([one], [other]));
    }

    private static void AssertDifferent(DnsRecord one, DnsRecord other)
    {
        Assert.NotEqual(RecordData.Of(one), RecordData.Of(other));
        Assert.False(RecordData.AreSame([one], [other]));
    }
}
