using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

/// <summary>The decision among servers, over all that they may say.</summary>
public sealed class ServerVoteTests
{
    private static readonly DnsName Name = DnsName.Parse("_proof.acme.example");

    [Fact]
    public void Vote_WhateverTheServersSay_KeepsItsRules() =>
        Prop.ForAll(Reports().ToArbitrary(), Holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static bool Holds(ServerReport[] reports)
    {
        var vote = ServerVote.Of(reports);
        var words = vote.Reports.Where(report => report.Word is not null && report.Standing != DnsServerStanding.Lags).ToList();
        var byHost = words.GroupBy(report => report.Server.HostName).ToList();
        foreach (var record in vote.Records.Cast<DnsTxtRecord>())
        {
            var have = byHost.Count(host => host.All(report => report.Word!.Records.Cast<DnsTxtRecord>().Any(other => other.Text == record.Text)));
            Assert.True(have * 2 > byHost.Count, $"{record.Text} is at {have} of {byHost.Count}.");
        }

        if (vote.Status is DnsLookupStatus.NoData or DnsLookupStatus.NxDomain)
        {
            Assert.True(byHost.Count(host => host.All(report => report.Word!.Records.Count == 0)) * 2 > byHost.Count);
        }

        // Who is behind never is so alone against a single host that is ahead, where there are others.
        var newest = words.Select(report => report.Server.HostName).Distinct().Count();
        var hosts = vote.Reports.Select(report => report.Server.HostName).Distinct().Count();
        Assert.True(newest >= 2 || hosts < 3 || vote.Reports.All(report => report.Standing != DnsServerStanding.Lags));

        // The order in which servers answered decides nothing.
        var reversed = ServerVote.Of([.. reports.Reverse()]);
        Assert.Equal(vote.Status, reversed.Status);
        Assert.Equal(Texts(vote), Texts(reversed));
        return true;
    }

    private static IEnumerable<string> Texts(ServerVote vote) => vote.Records.Cast<DnsTxtRecord>().Select(record => record.Text).Order();

    private static Gen<ServerReport[]> Reports() =>
        from first in Report(speaks: true)
        from others in Gen.Choose(0, 6).SelectMany(count => Report(speaks: false).ArrayOf(count))
        select (ServerReport[])[first, .. others];

    private static Gen<ServerReport> Report(bool speaks) =>
        from host in Gen.Choose(1, 4)
        from standing in speaks ? Gen.Constant(DnsServerStanding.Agrees) : Gen.Elements(DnsServerStanding.Agrees, DnsServerStanding.Agrees, DnsServerStanding.TimedOut)
        from texts in Gen.SubListOf("a", "b")
        from serial in Gen.Elements<uint?>(null, 1, 2, 3, uint.MaxValue)
        from denies in Gen.Elements(DnsLookupStatus.NoData, DnsLookupStatus.NxDomain)
        select new ServerReport(new ZoneServer(DnsName.Parse($"ns{host}.acme.example"), new DnsServerEndpoint(IPAddress.Loopback)), standing)
        {
            Word = standing == DnsServerStanding.Agrees
                ? new ServerWord(
                    texts.Count > 0 ? DnsLookupStatus.Answered : denies,
                    [.. texts.Select(text => new DnsTxtRecord(Name, TimeSpan.FromMinutes(1), text))],
                    [])
                { Serial = serial }
                : null,
        };
}
