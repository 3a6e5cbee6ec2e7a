namespace DomainVerification.Dns.Tests;

/// <summary>A look-up that holds a text alone, made into others before or after its parts were read.</summary>
public sealed class LoneTextLookupTests
{
    private static readonly DnsQuestion Question = ResolverBench.Question;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Failed_KeepsThePartsOfTheText(bool isRead)
    {
        var lookup = LookUp(isRead);

        var failed = lookup.Failed(TimeSpan.FromSeconds(5), isRemembered: true);

        Assert.Equal((TimeSpan.FromSeconds(5), true), (failed.RetryAfter, failed.IsRemembered));
        Assert.Equal((null, false), (lookup.RetryAfter, lookup.IsRemembered));
        Assert.Equal(lookup.Attempts, failed.Attempts);
        AssertText(failed);
        AssertText(lookup);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Instead_PutsItsAttemptBehindThoseBefore(bool isRead)
    {
        var lookup = LookUp(isRead);
        DnsAttempt before = new(
            ResolverBench.Second,
            DnsTransportKind.Tcp,
            Question,
            DnsExchangeOutcome.Unreachable,
            TimeSpan.FromSeconds(1));

        var instead = lookup.Instead([before]);

        Assert.Equal(DnsAnswerSource.ResolversInstead, instead.Source);
        Assert.Equal([before, .. lookup.Attempts], instead.Attempts);
        Assert.Equal((DnsAnswerSource.Resolvers, 1), (lookup.Source, lookup.Attempts.Count));
        AssertText(instead);
        AssertText(lookup);
    }

    [Fact]
    public void Attempt_IsTheSendingThatWasAnswered()
    {
        DnsAttempt expected = new(
            ResolverBench.First,
            DnsTransportKind.Udp,
            Question,
            DnsExchangeOutcome.Answered,
            TimeSpan.FromTicks(12_345))
        {
            ResponseCode = DnsResponseCode.NoError,
        };

        Assert.Equal(expected, Assert.Single(LookUp(isRead: false).Attempts));
    }

    /// <summary>Each part is made by itself, when it is read.</summary>
    [Theory]
    [InlineData("records")]
    [InlineData("attempts")]
    [InlineData("servers")]
    [InlineData("nothing")]
    public void ZoneAndItsServer_AreThereWhateverIsReadFirst(string first)
    {
        ZoneServer server = new(DnsName.Parse("ns1.example.com"), ResolverBench.First);
        ZoneCut cut = new(DnsName.Parse("example.com"), [server], TimeSpan.FromHours(1));
        DnsLookup lookup = new(Question, ReadText(), cut, 12_345) { AuthenticData = DnsAuthenticData.ClaimedByServer };
        _ = first switch
        {
            "records" => lookup.Records.Count,
            "attempts" => lookup.Attempts.Count,
            "servers" => lookup.Servers.Count,
            _ => 0,
        };

        var failed = lookup.Failed(TimeSpan.FromSeconds(5));

        AssertAnswerOf(cut, lookup);
        AssertAnswerOf(cut, failed);
        Assert.Equal(lookup.Attempts, failed.Attempts);
        Assert.Same(lookup.Attempts, lookup.Attempts);
        Assert.Same(lookup.Servers, lookup.Servers);
    }

    private static void AssertAnswerOf(ZoneCut cut, DnsLookup lookup)
    {
        AssertText(lookup);
        Assert.Equal((DnsAnswerSource.ZoneServers, cut.Name), (lookup.Source, lookup.Zone));
        var view = Assert.Single(lookup.Servers);
        Assert.Equal((cut.Servers[0].Endpoint, cut.Servers[0].HostName), (view.Server, view.HostName));
        Assert.Equal((DnsServerStanding.Agrees, DnsLookupStatus.Answered), (view.Standing, view.Status));
        Assert.Equal((TimeSpan.FromTicks(12_345), lookup.Records[0]), (view.Elapsed, Assert.Single(view.Records)));
        Assert.Equal(cut.Servers[0].Endpoint, Assert.Single(lookup.Attempts).Server);
    }

    private static void AssertText(DnsLookup lookup)
    {
        Assert.Equal((DnsLookupStatus.Answered, Question, Question.Name), (lookup.Status, lookup.Question, lookup.CanonicalName));
        Assert.Equal(DnsAuthenticData.ClaimedByServer, lookup.AuthenticData);
        var record = Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records));
        Assert.Equal((Question.Name, Answers.Token, TimeSpan.FromHours(1)), (record.Name, record.Text, record.TimeToLive));
        Assert.Equal(record.Data.ToArray(), lookup.OnlyText.ToArray());
        Assert.Same(lookup.Records, lookup.Records);
    }

    private static DnsLookup LookUp(bool isRead)
    {
        DnsLookup lookup = new(Question, ReadText(), ResolverBench.First, 12_345) { AuthenticData = DnsAuthenticData.ClaimedByServer };
        Assert.True(!isRead || lookup.Records.Count == 1);
        return lookup;
    }

    private static LoneText ReadText()
    {
        var octets = DnsMessageWriter.Write(ResolverBench.Message(DnsResponseCode.NoError, ResolverBench.Text(Question.Name.ToString())));
        Assert.True(LoneText.TryRead(octets, Question, needsAuthority: false, default, out var text));
        return text;
    }
}
