using System.Net;
using DomainVerification.Dns;

namespace DomainVerification.Testing.Tests.Zones;

public sealed class DnsWorldTests
{
    private readonly DnsWorld _world = new();

    [Fact]
    public void Zone_New_HasSoaNameServerAndItsAddress()
    {
        _world.Zone("acme.example");

        var soa = Assert.IsType<DnsSoaRecord>(Assert.Single(Ask("acme.example", DnsRecordType.SOA).Answers));
        var ns = Assert.IsType<DnsNsRecord>(Assert.Single(Ask("acme.example", DnsRecordType.NS).Answers));
        var a = Assert.IsType<DnsARecord>(Assert.Single(Ask("ns1.acme.example", DnsRecordType.A).Answers));
        Assert.Equal("ns1.acme.example", soa.PrimaryServer.ToString());
        Assert.Equal("ns1.acme.example", ns.Server.ToString());
        Assert.Equal(IPAddress.Loopback, a.Address);
    }

    [Fact]
    public void Zone_Twice_IsTheSameZone() => Assert.Same(_world.Zone("acme.example"), _world.Zone("ACME.example."));

    [Theory]
    [InlineData("_x.acme.example", "acme.example")]
    [InlineData("a.b.sub.acme.example", "sub.acme.example")]
    [InlineData("acme.example", "acme.example")]
    public void ZoneOf_Name_IsTheDeepestZone(string name, string zone)
    {
        _world.Zone("acme.example");
        _world.Zone("sub.acme.example");

        Assert.Equal(zone, _world.ZoneOf(name).Name.ToString());
    }

    [Fact]
    public void ZoneOf_NameOutsideEveryZone_Throws()
    {
        _world.Zone("acme.example");

        Assert.Throws<InvalidOperationException>(() => _world.ZoneOf("acme.test"));
        Assert.Throws<FormatException>(() => _world.ZoneOf("two..dots"));
    }

    [Fact]
    public void RemoveZone_TakesItsNamesAway()
    {
        _world.Zone("acme.example").Txt("_x", "v");

        _world.RemoveZone("acme.example");

        Assert.Equal(DnsResponseCode.NxDomain, Ask("_x.acme.example").ResponseCode);
    }

    [Theory]
    [InlineData("acme.test", DnsResponseCode.NxDomain)]
    [InlineData("example", DnsResponseCode.NoError)]
    public void Answer_OutsideEveryZone_ResolverDeniesIt(string name, DnsResponseCode code)
    {
        _world.Zone("acme.example");

        var answer = Ask(name);

        Assert.Equal(code, answer.ResponseCode);
        Assert.Equal(DnsName.Root, Assert.IsType<DnsSoaRecord>(Assert.Single(answer.Authorities)).Name);
        Assert.False(answer.Flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer));
    }

    [Fact]
    public void Answer_OutsideEveryZone_AuthoritativeServerRefuses()
    {
        _world.Zone("acme.example");

        var answer = Ask("acme.test", recursive: false);

        Assert.Equal(DnsResponseCode.Refused, answer.ResponseCode);
        Assert.False(answer.Flags.HasFlag(DnsHeaderFlags.RecursionAvailable));
    }

    [Fact]
    public void Answer_MissingName_IsNxDomainWithTheNegativeTimeToLive()
    {
        _world.Zone("acme.example").NegativeTimeToLive = TimeSpan.FromSeconds(7);

        var answer = Ask("none.acme.example");

        var soa = Assert.IsType<DnsSoaRecord>(Assert.Single(answer.Authorities));
        Assert.Equal(DnsResponseCode.NxDomain, answer.ResponseCode);
        Assert.Equal((TimeSpan.FromSeconds(7), 7u), (soa.TimeToLive, soa.Minimum));
    }

    [Theory]
    [InlineData("_x.acme.example")]
    [InlineData("b.acme.example")]
    [InlineData("example.acme.example")]
    public void Answer_NameWithoutTheType_IsNoData(string name)
    {
        // The second exists only because of a name below it, the third because of a zone below it.
        _world.Zone("acme.example").Txt("_x", "v").Txt("a.b", "v");
        _world.Zone("deep.example.acme.example");

        var answer = Ask(name, DnsRecordType.MX);

        Assert.Equal(DnsResponseCode.NoError, answer.ResponseCode);
        Assert.Empty(answer.Answers);
        Assert.IsType<DnsSoaRecord>(Assert.Single(answer.Authorities));
    }

    [Fact]
    public void Answer_Wildcard_GivesTheAskedName()
    {
        _world.Zone("acme.example").Txt("*", "any");

        var record = Assert.Single(Ask("a.b.acme.example").Answers);

        Assert.Equal("a.b.acme.example", record.Name.ToString());
    }

    [Fact]
    public void Answer_Wildcard_StopsAtNamesThatExist()
    {
        _world.Zone("acme.example").Txt("*", "any").Txt("x.taken", "v");

        Assert.Empty(Ask("taken.acme.example").Answers);
        Assert.Equal(DnsResponseCode.NoError, Ask("taken.acme.example").ResponseCode);
        Assert.Equal(DnsResponseCode.NxDomain, Ask("y.taken.acme.example").ResponseCode);
        Assert.Empty(Ask("y.acme.example", DnsRecordType.MX).Answers);
        Assert.Equal(DnsResponseCode.NoError, Ask("y.acme.example", DnsRecordType.MX).ResponseCode);
    }

    [Fact]
    public void Answer_WildcardBelow_DoesNotReachUp()
    {
        _world.Zone("acme.example").Cname("*.w", "t.acme.example").Txt("t", "v");

        Assert.Equal([DnsRecordType.CNAME, DnsRecordType.TXT], Ask("q.w.acme.example").Answers.Select(record => record.Type));
        Assert.Equal(DnsResponseCode.NoError, Ask("w.acme.example").ResponseCode);
        Assert.Equal(DnsResponseCode.NxDomain, Ask("q.acme.example").ResponseCode);
    }

    [Fact]
    public void Answer_AliasesThroughZones_GivesTheWholeChain()
    {
        _world.Zone("acme.example").Cname("_x", "hop.vendor.example");
        _world.Zone("vendor.example").Cname("hop", "end.vendor.example").Txt("end", "v");

        var answer = Ask("_x.acme.example");

        Assert.Equal(
            ["_x.acme.example", "hop.vendor.example", "end.vendor.example"],
            answer.Answers.Select(record => record.Name.ToString()));
        Assert.Equal(DnsResponseCode.NoError, answer.ResponseCode);
    }

    [Fact]
    public void Answer_AliasToNothing_IsNxDomainWithTheAlias()
    {
        _world.Zone("acme.example").Cname("_x", "none.acme.example");

        var answer = Ask("_x.acme.example");

        Assert.Equal(DnsResponseCode.NxDomain, answer.ResponseCode);
        Assert.IsType<DnsCnameRecord>(Assert.Single(answer.Answers));
    }

    [Fact]
    public void Answer_AliasOutOfAuthority_ServerGivesWhatItHas()
    {
        _world.Zone("acme.example").Cname("_x", "elsewhere.test");

        var answer = Ask("_x.acme.example", recursive: false);

        Assert.Equal(DnsResponseCode.NoError, answer.ResponseCode);
        Assert.IsType<DnsCnameRecord>(Assert.Single(answer.Answers));
        Assert.True(answer.Flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer));
    }

    [Fact]
    public void Answer_AskedForTheAliasItself_DoesNotFollow()
    {
        _world.Zone("acme.example").Cname("_x", "t.acme.example").Txt("t", "v");

        Assert.IsType<DnsCnameRecord>(Assert.Single(Ask("_x.acme.example", DnsRecordType.CNAME).Answers));
    }

    [Fact]
    public void Answer_AliasLoop_Ends()
    {
        _world.Zone("acme.example").Cname("a", "b.acme.example").Cname("b", "a.acme.example");

        Assert.Equal(2, Ask("a.acme.example").Answers.Count);
    }

    [Fact]
    public void Answer_Dname_RedirectsNamesBelowAndNotItself()
    {
        _world.Zone("acme.example").Dname("old", "vendor.example").Txt("old", "itself");
        _world.Zone("vendor.example").Txt("_x", "v");

        var below = Ask("_x.OLD.acme.example");

        Assert.Equal([DnsRecordType.DNAME, DnsRecordType.CNAME, DnsRecordType.TXT], below.Answers.Select(record => record.Type));
        Assert.Equal("_x.vendor.example", ((DnsCnameRecord)below.Answers[1]).Target.ToString());
        Assert.IsType<DnsTxtRecord>(Assert.Single(Ask("old.acme.example").Answers));
    }

    [Theory]
    [InlineData("acme.example", "vendor.example", @"a\.b\..acme.example", @"a\.b\..vendor.example")]
    [InlineData(".", "vendor.example", "acme", "acme.vendor.example")]
    [InlineData("acme.example", ".", "x.acme.example", "x")]
    public void Answer_DnameAtAnApex_KeepsTheLabelsInFront(string zone, string target, string asked, string redirected)
    {
        _world.Zone(zone).Remove("ns1").Dname("@", target);

        Assert.Equal(redirected, ((DnsCnameRecord)Ask(asked).Answers[1]).Target.ToString());
    }

    [Fact]
    public void Answer_DnameWithTooLongAResult_IsYxDomain()
    {
        var label = new string('a', 63);
        _world.Zone("acme.example").Dname("d", $"{label}.{label}.{label}.vendor.example");

        Assert.Equal(DnsResponseCode.YxDomain, Ask($"{label}.d.acme.example").ResponseCode);
    }

    [Fact]
    public void Answer_Delegation_IsAReferralOrAFailure()
    {
        _world.Zone("acme.example").Ns("sub", "ns.sub.acme.example").Address("ns.sub", IPAddress.Parse("192.0.2.1"));

        var referral = Ask("x.sub.acme.example", recursive: false);

        Assert.Empty(referral.Answers);
        Assert.False(referral.Flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer));
        Assert.Equal("sub.acme.example", Assert.IsType<DnsNsRecord>(Assert.Single(referral.Authorities)).Name.ToString());
        Assert.IsType<DnsARecord>(Assert.Single(referral.Additionals));
        Assert.Equal(DnsResponseCode.ServerFailure, Ask("x.sub.acme.example").ResponseCode);
    }

    [Fact]
    public void Answer_DelegationToAZoneOfThisWorld_AnswersFromThere()
    {
        _world.Zone("acme.example").Ns("sub", "ns1.sub.acme.example");
        _world.Zone("sub.acme.example").Txt("x", "v");

        Assert.Single(Ask("x.sub.acme.example", recursive: false).Answers);
    }

    [Fact]
    public void Answer_DelegationSigner_ComesFromTheZoneAbove()
    {
        var signer = new DnsUnknownRecord(DnsName.Parse("sub.acme.example"), DnsRecordType.DS, TimeSpan.Zero, new byte[36]);
        _world.Zone("acme.example").Add(signer);
        _world.Zone("sub.acme.example");

        Assert.Single(Ask("sub.acme.example", DnsRecordType.DS).Answers);
    }

    [Fact]
    public void Answer_AnyType_GivesAllOfTheName()
    {
        _world.Zone("acme.example").Txt("@", "a").Mx("@", 10, "mx.acme.example");

        var types = Ask("acme.example", DnsRecordType.ANY).Answers.Select(record => record.Type).Order();

        Assert.Equal([DnsRecordType.NS, DnsRecordType.SOA, DnsRecordType.MX, DnsRecordType.TXT], types);
    }

    [Fact]
    public void Answer_RootZone_HoldsEveryName()
    {
        _world.Zone(".").Txt("alone", "v");

        Assert.Single(Ask("alone").Answers);
        Assert.Equal(DnsResponseCode.NxDomain, Ask("none", recursive: false).ResponseCode);
    }

    [Theory]
    [InlineData(DnsOpCode.Update, DnsRecordType.SOA, DnsRecordClass.Internet, DnsResponseCode.NotImplemented)]
    [InlineData(DnsOpCode.Query, DnsRecordType.AXFR, DnsRecordClass.Internet, DnsResponseCode.NotImplemented)]
    [InlineData(DnsOpCode.Query, DnsRecordType.TXT, DnsRecordClass.Chaos, DnsResponseCode.Refused)]
    public void Answer_WhatAServerDoesNotDo_SaysSo(DnsOpCode opCode, DnsRecordType type, DnsRecordClass recordClass, DnsResponseCode code)
    {
        _world.Zone("acme.example");
        var query = new DnsMessage { OpCode = opCode, Questions = [new DnsQuestion(DnsName.Parse("acme.example"), type, recordClass)] };

        Assert.Equal(code, _world.Answer(query).ResponseCode);
    }

    [Fact]
    public void Answer_UnknownEdnsVersionOrNoQuestion_SaysSo()
    {
        var question = new DnsQuestion(DnsName.Parse("acme.example"), DnsRecordType.TXT);

        var newer = DnsMessage.CreateQuery(1, question, new DnsEdns { Version = 1 });
        Assert.Equal(DnsResponseCode.BadVersion, _world.Answer(newer).ResponseCode);
        Assert.Equal(DnsResponseCode.FormatError, _world.Answer(new DnsMessage()).ResponseCode);
    }

    private DnsMessage Ask(string name, DnsRecordType type = DnsRecordType.TXT, bool recursive = true) =>
        _world.Answer(Server.RawClient.Query(name, type, recursive: recursive));
}
