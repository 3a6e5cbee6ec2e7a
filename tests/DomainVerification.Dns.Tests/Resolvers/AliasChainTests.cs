using static DomainVerification.Dns.Tests.ResolverBench;

namespace DomainVerification.Dns.Tests;

public sealed class AliasChainTests
{
    private const string Owner = "_acme-challenge.example.com";

    [Fact]
    public async Task W17_RecordsAtName_AreTheAnswer()
    {
        var lookup = await LookUpAsync(Question, Text(Owner, "one"), Text(Owner, "two"));

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(["one", "two"], lookup.Records.Select(record => Assert.IsType<DnsTxtRecord>(record).Text));
        Assert.Empty(lookup.Aliases);
        Assert.Equal(Name, lookup.CanonicalName);
        Assert.Null(lookup.NegativeTtl);
        Assert.Null(lookup.Detail);
    }

    [Fact]
    public async Task W17_OwnerOfOtherCase_IsTheSameName() =>
        Assert.Single((await LookUpAsync(Question, Text("_ACME-challenge.Example.COM"))).Records);

    [Theory]
    [InlineData("example.com")]
    [InlineData("forged.example.com")]
    [InlineData("a._acme-challenge.example.com")]
    public async Task W17_RecordsOfOtherNames_AreNotTheAnswer(string other)
    {
        var lookup = await LookUpAsync(Question, Text(other));

        Assert.Equal(DnsLookupStatus.NoData, lookup.Status);
        Assert.Empty(lookup.Records);
    }

    [Fact]
    public async Task W17_RecordsOfOtherClass_AreNotTheAnswer()
    {
        DnsTxtRecord chaos = new(Name, TimeSpan.Zero, "forged") { Class = DnsRecordClass.Chaos };

        Assert.Equal(DnsLookupStatus.NoData, (await LookUpAsync(Question, chaos)).Status);
    }

    [Fact]
    public async Task W17_AuthorityAndAdditional_AreNeverData()
    {
        DnsMessage response = new()
        {
            Flags = DnsHeaderFlags.Response,
            Authorities = [Text(Owner), Soa("example.com")],
            Additionals = [Text(Owner)],
        };

        var lookup = await new ResolverBench((_, _) => Answered(response)).RunAsync();

        Assert.Equal(DnsLookupStatus.NoData, lookup.Status);
        Assert.Empty(lookup.Records);
    }

    [Fact]
    public async Task W18_Chain_IsFollowedInAnyOrderOfRecords()
    {
        var lookup = await LookUpAsync(
            Question,
            Text("C.example.org"),
            Cname("b.example.net", "c.example.org"),
            Cname(Owner, "B.example.net"),
            Text("stranger.example.org", "forged"));

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal(Answers.Token, Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text);
        Assert.Equal(["B.example.net", "c.example.org"], lookup.Aliases.Select(alias => alias.Target.ToString()));
        Assert.Equal(DnsName.Parse("c.example.org"), lookup.CanonicalName);
    }

    [Theory]
    [InlineData("b.example.net", "c.example.net")]
    [InlineData("b.example.net", "b.example.net")]
    public async Task W18_TwoCnamesAtOneName_AreAFault(string first, string second) =>
        AssertBadAlias("two_cnames_at_one_name", await LookUpAsync(Question, Cname(Owner, first), Cname(Owner, second), Text(first)));

    [Fact]
    public async Task W18_DataBesideCname_IsAFault() =>
        AssertBadAlias("data_beside_cname", await LookUpAsync(Question, Cname(Owner, "b.example.net"), Text(Owner)));

    [Fact]
    public async Task W18_DataBesideCnameLaterInTheChain_IsAFault()
    {
        var lookup = await LookUpAsync(
            Question,
            Cname(Owner, "b.example.net"),
            Cname("b.example.net", "c.example.net"),
            Text("b.example.net"));

        AssertBadAlias("data_beside_cname", lookup);
        Assert.Single(lookup.Aliases);
    }

    [Fact]
    public async Task W18_OtherTypeBesideCname_IsNotUsed()
    {
        var lookup = await LookUpAsync(Question, Cname(Owner, "b.example.net"), Text("b.example.net"), Soa(Owner));

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
    }

    [Fact]
    public async Task W18_AliasOfItself_IsALoop()
    {
        var lookup = await LookUpAsync(Question, Cname(Owner, Owner.ToUpperInvariant()));

        Assert.Equal(DnsLookupStatus.AliasLoop, lookup.Status);
        Assert.Single(lookup.Aliases);
    }

    [Fact]
    public async Task W18_LoopOfTwo_IsFound()
    {
        var lookup = await LookUpAsync(Question, Cname(Owner, "b.example.net"), Cname("b.example.net", Owner));

        Assert.Equal(DnsLookupStatus.AliasLoop, lookup.Status);
        Assert.Empty(lookup.Records);
    }

    [Fact]
    public async Task W18_LoopBesideTheFirstName_IsFound()
    {
        var lookup = await LookUpAsync(
            Question,
            Cname(Owner, "b.example.net"),
            Cname("b.example.net", "c.example.net"),
            Cname("c.example.net", "b.example.net"));

        Assert.Equal(DnsLookupStatus.AliasLoop, lookup.Status);
    }

    [Theory]
    [InlineData(8, DnsLookupStatus.Answered)]
    [InlineData(9, DnsLookupStatus.AliasChainTooLong)]
    public async Task W18_LengthOfChain_IsBounded(int length, DnsLookupStatus expected)
    {
        IEnumerable<DnsRecord> chain = Enumerable.Range(1, length)
            .Select(i => Cname(i == 1 ? Owner : $"n{i}.example.net", $"n{i + 1}.example.net"));

        var lookup = await LookUpAsync(Question, [.. chain, Text($"n{length + 1}.example.net")]);

        Assert.Equal(expected, lookup.Status);
        Assert.Equal(8, lookup.Aliases.Count);
    }

    [Theory]
    [InlineData(8, DnsLookupStatus.Answered)]
    [InlineData(9, DnsLookupStatus.AliasChainTooLong)]
    public async Task W18_LengthOfChainOverManyResponses_IsBounded(int length, DnsLookupStatus expected)
    {
        ResolverBench bench = new((_, query) =>
        {
            var asked = query.Question.Name.ToString();
            var i = asked == Owner ? 1 : asked[1] - '0';
            return Answered(DnsResponseCode.NoError, i > length ? Text(asked) : Cname(asked, $"n{i + 1}.example.net"));
        });

        var lookup = await bench.RunAsync();

        Assert.Equal(expected, lookup.Status);
        Assert.Equal(9, lookup.Attempts.Count);
    }

    [Fact]
    public async Task W18_ChainThatTheServerDidNotFinish_IsAskedOn()
    {
        ResolverBench bench = new((_, query) => query.Question.Name == Name
            ? Answered(DnsResponseCode.NoError, Cname(Owner, "b.example.net"), Text("stranger.example.net", "forged"))
            : Answered(DnsResponseCode.NoError, Text("b.example.net")));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal([Owner, "b.example.net"], lookup.Attempts.Select(attempt => attempt.Question.Name.ToString()));
        Assert.Equal(Question, lookup.Question);
    }

    [Fact]
    public async Task W18_ChainOverTwoResponsesBackToStart_IsALoop()
    {
        ResolverBench bench = new((_, query) => query.Question.Name == Name
            ? Answered(DnsResponseCode.NoError, Cname(Owner, "b.example.net"))
            : Answered(DnsResponseCode.NoError, Cname("b.example.net", Owner)));

        var lookup = await bench.RunAsync();

        Assert.Equal(DnsLookupStatus.AliasLoop, lookup.Status);
        Assert.Equal(2, lookup.Attempts.Count);
    }

    [Fact]
    public async Task ChainThatEndsInNothing_WithSoaOfTarget_IsNoDataWithoutAskingAgain()
    {
        var response = Negative(DnsResponseCode.NoError, Soa("example.net"), Cname(Owner, "b.example.net"));

        var lookup = await new ResolverBench((_, _) => Answered(response)).RunAsync();

        Assert.Equal(DnsLookupStatus.NoData, lookup.Status);
        Assert.Single(lookup.Aliases);
        Assert.Single(lookup.Attempts);
    }

    [Fact]
    public async Task ChainThatEndsInNxDomain_IsNxDomainOfTarget()
    {
        var response = Negative(DnsResponseCode.NxDomain, Soa("example.net"), Cname(Owner, "b.example.net"));

        var lookup = await new ResolverBench((_, _) => Answered(response)).RunAsync();

        Assert.Equal(DnsLookupStatus.NxDomain, lookup.Status);
        Assert.Equal(DnsName.Parse("b.example.net"), lookup.CanonicalName);
    }

    [Fact]
    public async Task NxDomainWithData_IsMalformed()
    {
        var lookup = await new ResolverBench((_, _) => Answered(DnsResponseCode.NxDomain, Text(Owner))).RunAsync();

        Assert.Equal(DnsLookupStatus.Malformed, lookup.Status);
        Assert.Equal("nxdomain_with_data", lookup.Detail);
        Assert.Empty(lookup.Records);
    }

    [Fact]
    public async Task CnameQuestion_AliasIsTheDataAndNotFollowed()
    {
        var lookup = await LookUpAsync(
            new DnsQuestion(Name, DnsRecordType.CNAME),
            Cname(Owner, "b.example.net"),
            Cname("b.example.net", "c.example.net"));

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Equal("b.example.net", Assert.IsType<DnsCnameRecord>(Assert.Single(lookup.Records)).Target.ToString());
        Assert.Empty(lookup.Aliases);
        Assert.Single(lookup.Attempts);
    }

    [Fact]
    public async Task CnameQuestion_TwoCnames_AreAFault() =>
        AssertBadAlias(
            "two_cnames_at_one_name",
            await LookUpAsync(new DnsQuestion(Name, DnsRecordType.CNAME), Cname(Owner, "b.example.net"), Cname(Owner, "c.example.net")));

    [Fact]
    public async Task W19_Dname_RedirectsNamesBelowIt()
    {
        var lookup = await LookUpAsync(
            Question,
            Dname("example.com", "example.net"),
            Cname(Owner, "_acme-challenge.example.net"),
            Text("_acme-challenge.example.net"));

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        var alias = Assert.Single(lookup.Aliases);
        Assert.IsType<DnsDnameRecord>(alias.Source);
        Assert.Equal("_acme-challenge.example.net", alias.Target.ToString());
    }

    [Fact]
    public async Task W19_DnameWithoutMadeUpCname_Redirects() =>
        Assert.Single((await LookUpAsync(Question, Dname("com", "net"), Text("_acme-challenge.example.net"))).Records);

    [Fact]
    public async Task W19_MadeUpCnameThatContradictsDname_IsAFault() =>
        AssertBadAlias(
            "cname_contradicts_dname",
            await LookUpAsync(
                Question,
                Dname("example.com", "example.net"),
                Cname(Owner, "forged.example.org"),
                Text("forged.example.org")));

    [Fact]
    public async Task W19_DnameAtTheNameItself_DoesNotRedirect() =>
        Assert.Single((await LookUpAsync(Question, Dname(Owner, "example.net"), Text(Owner))).Records);

    [Fact]
    public async Task W19_DnameOfOtherName_DoesNotRedirect() =>
        Assert.Single((await LookUpAsync(Question, Dname("ample.com", "example.net"), Text(Owner))).Records);

    [Fact]
    public async Task W19_DataBelowDname_IsAFault() =>
        AssertBadAlias("data_below_dname", await LookUpAsync(Question, Dname("example.com", "example.net"), Text(Owner)));

    [Fact]
    public async Task W19_TwoDnamesAboveOneName_AreAFault() =>
        AssertBadAlias("two_dnames_above_one_name", await LookUpAsync(Question, Dname("example.com", "a.net"), Dname("com", "b.net")));

    [Fact]
    public async Task W19_ResultBeyond255Octets_IsAFault()
    {
        string label = new('a', 63);

        var lookup = await LookUpAsync(Question, Dname("example.com", $"{label}.{label}.{label}.{label[..50]}"));

        AssertBadAlias("dname_target_too_long", lookup);
    }

    [Fact]
    public async Task W19_DnameLoop_IsFound()
    {
        var lookup = await LookUpAsync(Question, Dname("example.com", "example.net"), Dname("example.net", "example.com"));

        Assert.Equal(DnsLookupStatus.AliasLoop, lookup.Status);
    }

    [Fact]
    public async Task W19_CnameQuestionBelowDname_IsWorkedOutAgain()
    {
        var lookup = await LookUpAsync(new DnsQuestion(Name, DnsRecordType.CNAME), Dname("example.com", "example.net"));

        var made = Assert.IsType<DnsCnameRecord>(Assert.Single(lookup.Records));
        Assert.Equal("_acme-challenge.example.net", made.Target.ToString());
    }

    [Theory]
    [InlineData(64, DnsLookupStatus.Answered)]
    [InlineData(65, DnsLookupStatus.Malformed)]
    public async Task W20_NumberOfRecords_IsBounded(int count, DnsLookupStatus expected)
    {
        var lookup = await LookUpAsync(Question, [.. Enumerable.Range(0, count).Select(i => Text(Owner, $"{i}"))]);

        Assert.Equal(expected, lookup.Status);
        Assert.Equal(expected == DnsLookupStatus.Malformed ? "record_set_too_large" : null, lookup.Detail);
    }

    [Theory]
    [InlineData(8192, DnsLookupStatus.Answered)]
    [InlineData(8193, DnsLookupStatus.Malformed)]
    public async Task W20_LengthOfText_IsBounded(int length, DnsLookupStatus expected)
    {
        var lookup = await LookUpAsync(Question, Text(Owner, new string('x', length)), Text(Owner, new string('y', 8192)));

        Assert.Equal(expected, lookup.Status);
    }

    [Fact]
    public async Task W20_StringsOfTwoRecords_AreNeverJoined()
    {
        var lookup = await LookUpAsync(Question, Text(Owner, "token="), Text(Owner, "abc"));

        Assert.Equal(["token=", "abc"], lookup.Records.Select(record => ((DnsTxtRecord)record).Text));
    }

    private static void AssertBadAlias(string detail, DnsLookup lookup)
    {
        Assert.Equal(DnsLookupStatus.BadAlias, lookup.Status);
        Assert.Equal(detail, lookup.Detail);
        Assert.Empty(lookup.Records);
    }
}
