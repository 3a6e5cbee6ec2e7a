namespace DomainVerification.Dns.Tests;

/// <summary>Name servers whose every answer may be broken or forged.</summary>
public sealed class HostileNameSpaceTests
{
    private const int Lookups = 3_000;
    private const int MaxSendings = 60;

    // What the probe for a blocked network may send on top.
    private const int MaxProbes = 12;

    private static readonly DnsQuestion Proof = new(DnsName.Parse("_proof.acme.example"), DnsRecordType.TXT);

    [Fact]
    public async Task BrokenAnswersFromEverybody_EndEveryLookupInBounds_AndProveNothingThatIsNotThere()
    {
        Random random = new(20_260_301);
        var answered = 0;
        for (var i = 0; i < Lookups; i++)
        {
            var space = NameSpace.WithAcme(3);
            space.Publish("token", 1, 2, 3);
            foreach (var address in (string[])[NameSpace.RootAddress, NameSpace.TopAddress, NameSpace.Acme(1), NameSpace.Acme(2), NameSpace.Acme(3)])
            {
                Break(space[address], random);
            }

            var lookup = await space.Resolver().ResolveAsync(Proof, CancellationToken.None);

            Assert.InRange(space.Sent.Count, 1, MaxSendings + MaxProbes);
            Assert.All(lookup.Records, record => Assert.Equal(lookup.CanonicalName, record.Name));
            Assert.Equal(lookup.Status == DnsLookupStatus.Answered, lookup.Records.Count > 0);
            Assert.DoesNotContain(space.Sent, sent => SpecialPurposeAddresses.Contains(System.Net.IPAddress.Parse(sent.Server)));
            answered += lookup.Status == DnsLookupStatus.Answered ? 1 : 0;
        }

        // Breaking that always or never ends a look-up tests nothing.
        Assert.InRange(answered, Lookups / 20, Lookups * 19 / 20);
    }

    /// <summary>The servers of a zone that is known already are asked before there is a session.</summary>
    [Fact]
    public async Task BrokenAnswersFromServersOfAKnownZone_EndEveryLookupInBounds_AndProveNothingThatIsNotThere()
    {
        Random random = new(20_261_130);
        var (answered, texts) = (0, 0);
        for (var i = 0; i < Lookups; i++)
        {
            HeldZone zone = new([0, 1, 2]);
            using var resolver = zone.Resolver();
            await zone.WarmAsync(resolver);
            for (var server = 0; server < zone.Hosts.Count; server++)
            {
                zone[server].Zone("acme.example").Txt("_proof", "token");
                Break(zone[server], random);
            }

            var lookup = await resolver.ResolveAsync(Proof, CancellationToken.None);

            Assert.InRange(zone.Sent.Count() + zone.SentOverTcp.Count(), zone.Hosts.Count, MaxSendings + MaxProbes);
            Assert.All(lookup.Records, record => Assert.Equal(lookup.CanonicalName, record.Name));
            Assert.Equal(lookup.Status == DnsLookupStatus.Answered, lookup.Records.Count > 0);
            answered += lookup.Status == DnsLookupStatus.Answered ? 1 : 0;
            texts += zone.Texts.Texts == zone.Hosts.Count ? 1 : 0;
        }

        Assert.InRange(answered, Lookups / 20, Lookups * 19 / 20);
        Assert.InRange(texts, Lookups / 20, Lookups * 19 / 20);
    }

    private static void Break(NameServer server, Random random) => server.Instead = (question, _) =>
    {
        var answer = DnsMessageWriter.Write(server.Answer(question));
        if (random.Next(3) > 0)
        {
            return Task.FromResult<DnsExchange?>(null);
        }

        var packet = new byte[2048];
        var length = PacketMutation.Mutate(answer, packet, random);
        return Task.FromResult<DnsExchange?>(DnsMessageReader.TryRead(packet.AsSpan(0, length), out var broken, out var error)
            ? NameServer.Answered(broken)
            : new DnsExchange(DnsExchangeOutcome.Malformed, TimeSpan.Zero) { Detail = error.Code });
    };
}
