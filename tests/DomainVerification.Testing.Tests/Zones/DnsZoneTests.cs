using System.Net;
using System.Text;
using DomainVerification.Dns;

namespace DomainVerification.Testing.Tests.Zones;

public sealed class DnsZoneTests
{
    private readonly DnsWorld _world = new();
    private readonly DnsZone _zone;

    public DnsZoneTests() => _zone = _world.Zone("acme.example");

    [Theory]
    [InlineData("_x", "_x.acme.example")]
    [InlineData("_x.acme.example", "_x.acme.example")]
    [InlineData("_X.ACME.example.", "_x.acme.example")]
    [InlineData("@", "acme.example")]
    [InlineData("", "acme.example")]
    [InlineData("acme.example", "acme.example")]
    [InlineData("_x.acme.example.acme.example.", "_x.acme.example.acme.example")]
    public void Txt_OwnerWritten_IsThatName(string written, string owner)
    {
        _zone.Txt(written, "v");

        Assert.Equal(["v"], Texts(owner));
    }

    [Theory]
    [InlineData("_x.other.example.")]
    [InlineData("example.")]
    public void Txt_OwnerOutsideTheZone_ThrowsAndChangesNothing(string owner)
    {
        var serial = _zone.Serial;

        Assert.Throws<ArgumentException>(() => _zone.Txt(owner, "v"));

        Assert.Equal(serial, _zone.Serial);
    }

    [Fact]
    public void Txt_NoName_ThrowsAndChangesNothing()
    {
        var serial = _zone.Serial;

        Assert.Throws<FormatException>(() => _zone.Txt("two..dots", "v"));

        Assert.Equal(serial, _zone.Serial);
    }

    [Fact]
    public void Txt_SeveralTimes_AddsARecordEach()
    {
        _zone.Txt("_x", "one").Txt("_x", "two");

        Assert.Equal(["one", "two"], Texts("_x.acme.example"));
    }

    [Fact]
    public void Txt_LongText_IsCutIntoStrings()
    {
        _zone.Txt("_x", new string('a', 300));

        var record = Assert.IsType<DnsTxtRecord>(Assert.Single(Ask("_x.acme.example").Answers));
        Assert.Equal([255, 45], record.Strings.Select(part => part.Length));
    }

    [Fact]
    public void Txt_Strings_AreKeptAsTheyAre()
    {
        _zone.Txt("_x", [Encoding.ASCII.GetBytes("tok"), Array.Empty<byte>(), new byte[] { 0xFF, 0 }]);

        var record = Assert.IsType<DnsTxtRecord>(Assert.Single(Ask("_x.acme.example").Answers));
        Assert.Equal([[(byte)'t', (byte)'o', (byte)'k'], [], [0xFF, 0]], record.Strings.Select(part => part.ToArray()));
    }

    [Fact]
    public void Txt_StringTooLongOrNone_Throws()
    {
        Assert.Throws<ArgumentException>(() => _zone.Txt("_x", [new byte[256]]));
        Assert.Throws<ArgumentException>(() => _zone.Txt("_x", []));
        Assert.Empty(Texts("_x.acme.example"));
    }

    [Fact]
    public void ReplaceTxt_PutsTheNewOnesInThePlaceOfAll()
    {
        _zone.Txt("_x", "old").Txt("_x", "older").Mx("_x", 1, ".");

        _zone.ReplaceTxt("_x", "new", "newer");

        Assert.Equal(["new", "newer"], Texts("_x.acme.example"));
        Assert.Single(Ask("_x.acme.example", DnsRecordType.MX).Answers);
    }

    [Fact]
    public void RemoveTxt_RemovesThatTextOnly()
    {
        _zone.Txt("_x", "one").Txt("_x", "two");

        _zone.RemoveTxt("_x", "one").RemoveTxt("_x", "none");

        Assert.Equal(["two"], Texts("_x.acme.example"));
    }

    [Fact]
    public void Remove_LastRecord_MakesTheNameVanish()
    {
        _zone.Txt("_x", "v").Remove("_x");

        Assert.Equal(DnsResponseCode.NxDomain, Ask("_x.acme.example").ResponseCode);
    }

    [Fact]
    public void Remove_Apex_KeepsTheZone()
    {
        _zone.Remove("@");

        Assert.Empty(Ask("acme.example", DnsRecordType.NS).Answers);
        Assert.Single(Ask("acme.example", DnsRecordType.SOA).Answers);
    }

    [Fact]
    public void Remove_OneType_KeepsTheOthers()
    {
        _zone.Txt("_x", "v").Address("_x", IPAddress.Loopback).Remove("_x", DnsRecordType.A);

        Assert.Empty(Ask("_x.acme.example", DnsRecordType.A).Answers);
        Assert.Single(Texts("_x.acme.example"));
    }

    [Fact]
    public void Cname_BesideOtherRecords_ThrowsAndChangesNothing()
    {
        _zone.Txt("t", "v").Cname("c", "t.acme.example");

        Assert.Throws<InvalidOperationException>(() => _zone.Cname("t", "elsewhere.example"));
        Assert.Throws<InvalidOperationException>(() => _zone.Txt("c", "v"));
        Assert.Throws<InvalidOperationException>(() => _zone.Cname("c", "second.example"));
        Assert.Throws<InvalidOperationException>(() => _zone.Cname("@", "elsewhere.example"));

        Assert.Equal(["v"], Texts("t.acme.example"));
        Assert.Equal(DnsRecordType.CNAME, Assert.Single(Ask("c.acme.example", DnsRecordType.ANY).Answers).Type);
    }

    [Fact]
    public void Dname_Second_Throws()
    {
        _zone.Dname("d", "one.example");

        Assert.Throws<InvalidOperationException>(() => _zone.Dname("d", "two.example"));
    }

    [Fact]
    public void Address_Families_AreAAndAaaa()
    {
        _zone.Address("h", IPAddress.Parse("192.0.2.7")).Address("h", IPAddress.Parse("2001:db8::7"));

        Assert.IsType<DnsARecord>(Assert.Single(Ask("h.acme.example", DnsRecordType.A).Answers));
        Assert.IsType<DnsAaaaRecord>(Assert.Single(Ask("h.acme.example", DnsRecordType.AAAA).Answers));
    }

    [Fact]
    public void NameServers_PutsTheNewOnesInThePlaceOfAll()
    {
        _zone.NameServers("ns1.dns.example", "ns2.dns.example");

        Assert.Equal(
            ["ns1.dns.example", "ns2.dns.example"],
            Ask("acme.example", DnsRecordType.NS).Answers.Cast<DnsNsRecord>().Select(record => record.Server.ToString()));
    }

    [Fact]
    public void Mx_IsKept()
    {
        _zone.Mx("@", 10, "mail.acme.example");

        var mx = Assert.IsType<DnsMxRecord>(Assert.Single(Ask("acme.example", DnsRecordType.MX).Answers));
        Assert.Equal((10, "mail.acme.example"), (mx.Preference, mx.Exchange.ToString()));
    }

    [Fact]
    public void Add_AnyType_IsKept()
    {
        _zone.Add(new DnsUnknownRecord(DnsName.Parse("h.acme.example"), DnsRecordType.CAA, TimeSpan.Zero, new byte[] { 0, 1, 2 }));

        var record = Assert.IsType<DnsUnknownRecord>(Assert.Single(Ask("H.acme.example", DnsRecordType.CAA).Answers));
        Assert.Equal("H.acme.example", record.Name.ToString());
        Assert.Equal([0, 1, 2], record.Data.ToArray());
    }

    [Theory]
    [InlineData("h.acme.example", DnsRecordType.SOA)]
    [InlineData("h.acme.example", DnsRecordType.OPT)]
    [InlineData("h.acme.example", DnsRecordType.ANY)]
    [InlineData("h.other.example", DnsRecordType.CAA)]
    public void Add_WhatAZoneDoesNotTake_Throws(string name, DnsRecordType type) =>
        Assert.Throws<ArgumentException>(() => _zone.Add(new DnsUnknownRecord(DnsName.Parse(name), type, TimeSpan.Zero, default)));

    [Fact]
    public void TimeToLive_AppliesToWhatIsAddedLater()
    {
        _zone.Txt("a", "v");
        _zone.TimeToLive = TimeSpan.FromSeconds(5);
        _zone.Txt("b", "v");

        Assert.Equal(TimeSpan.FromMinutes(5), Ask("a.acme.example").Answers[0].TimeToLive);
        Assert.Equal(TimeSpan.FromSeconds(5), Ask("b.acme.example").Answers[0].TimeToLive);
        Assert.Throws<ArgumentOutOfRangeException>(() => _zone.TimeToLive = TimeSpan.FromSeconds(-1));
    }

    [Fact]
    public void Serial_EachEdit_AddsOne()
    {
        var serial = _zone.Serial;

        _zone.Txt("_x", "v").RemoveTxt("_x", "v").RemoveTxt("_x", "v");

        Assert.Equal(serial + 2, _zone.Serial);
        Assert.Equal(serial + 2, ((DnsSoaRecord)Ask("acme.example", DnsRecordType.SOA).Answers[0]).Serial);
    }

    [Fact]
    public void Edit_SeveralEditsWhileOthersAsk_ShowsAllOrNothing()
    {
        _zone.Txt("_x", "0").Txt("_y", "0");

        Parallel.For(0, 2000, i =>
        {
            if (i % 2 == 0)
            {
                _world.Edit(() => _zone.RemoveTxt("_x", "0").Txt("_x", "0").RemoveTxt("_y", "0").Txt("_y", "0"));
            }
            else
            {
                Assert.Equal(["0"], Texts("_x.acme.example"));
            }
        });

        Assert.Equal(["0"], Texts("_y.acme.example"));
    }

    private DnsMessage Ask(string name, DnsRecordType type = DnsRecordType.TXT) => _world.Answer(Server.RawClient.Query(name, type));

    private IEnumerable<string> Texts(string name) => Ask(name).Answers.Cast<DnsTxtRecord>().Select(record => record.Text);
}
