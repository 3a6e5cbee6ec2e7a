using System.Net;

namespace DomainVerification.Dns.Tests;

/// <summary>When the servers of a zone have said enough.</summary>
public sealed class PollRoundTests
{
    private static readonly DnsName Name = DnsName.Parse("_proof.acme.example");

    [Fact]
    public void Half_IsNotEnough_AndMoreIs()
    {
        var servers = Servers("a", "b", "c", "d");
        PollRound round = new(servers);

        Say(round, servers, 2, "token");
        Say(round, servers, 0, "token");
        Assert.False(round.Decided.IsCompleted);

        Say(round, servers, 3, "token");
        Assert.True(round.Decided.IsCompletedSuccessfully);
    }

    [Fact]
    public void Addresses_OfOneHost_SpeakOnce()
    {
        var servers = Servers("a", "a", "a", "b");
        PollRound round = new(servers);

        Say(round, servers, 0, "token");
        Say(round, servers, 1, "token");
        Say(round, servers, 2, "token");
        Assert.False(round.Decided.IsCompleted);

        Say(round, servers, 3, "token");
        Assert.True(round.Decided.IsCompletedSuccessfully);
    }

    [Fact]
    public void Contradiction_WaitsForAll()
    {
        var servers = Servers("a", "b", "c", "d");
        PollRound round = new(servers);

        Say(round, servers, 0, "token");
        Say(round, servers, 1, "other");
        Say(round, servers, 2, "token");
        Assert.False(round.Decided.IsCompleted);

        Say(round, servers, 3, "token");
        Assert.True(round.Decided.IsCompletedSuccessfully);
    }

    [Fact]
    public void SilenceOfAll_EndsItToo()
    {
        var servers = Servers("a", "b");
        PollRound round = new(servers);

        round.Take(1, null);
        Assert.False(round.Decided.IsCompleted);

        round.Take(0, new ServerReport(servers[0], DnsServerStanding.TimedOut));
        Assert.True(round.Decided.IsCompletedSuccessfully);
        Assert.Equal(servers[0], round.Reports[0].Server);
    }

    private static void Say(PollRound round, ZoneServer[] servers, int index, string text) =>
        round.Take(index, new ServerReport(servers[index], DnsServerStanding.Agrees)
        {
            Word = new ServerWord(DnsLookupStatus.Answered, [new DnsTxtRecord(Name, TimeSpan.Zero, text)], []),
        });

    private static ZoneServer[] Servers(params string[] hosts) =>
    [
        .. hosts.Select((host, index) =>
            new ZoneServer(DnsName.Parse($"{host}.example"), new DnsServerEndpoint(new IPAddress([192, 0, 2, (byte)(index + 1)])))),
    ];
}
