using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

/// <summary>
/// Whatever servers of a zone say, and in whatever order, the look-up that asks them before there is a session ends as the one that has a
/// session from the start; also when its objects have served other look-ups.
/// </summary>
public sealed class ZoneSendingsModelTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Kinds =
    [
        "token", "token", "token", "token", "later to live", "other", "two", "no name", "no data", "alias", "servfail", "refused", "lame",
        "lame with data", "silent", "silent once", "unreachable", "no route", "unreadable", "truncated", "other case", "throws",
    ];

    // What has no say, or says what the proof is.
    private static readonly string[] Quiet =
        ["token", "token", "token", "later to live", "servfail", "refused", "lame", "unreachable", "no route", "unreadable"];

    [Fact]
    public void AnyReplies_InAnyOrder() => Prop.ForAll(Zones(AtOnce), Compare).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void SomeReplyInTheirMoment_AndSomeNever() =>
        Prop.ForAll(Zones(InTime), Compare).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Arbitrary<Zone> Zones(Func<int, Gen<Round>> round)
    {
        var zones =
            from hosts in Gen.Choose(0, 3).ArrayOf().Where(IsAsked)
            from rounds in round(hosts.Length).ArrayOf().Where(rounds => rounds.Length is >= 1 and <= 4)
            select new Zone(hosts, rounds);
        return zones.ToArbitrary();
    }

    // Of one host four addresses are asked at the most.
    private static bool IsAsked(int[] hosts) => hosts.Length is >= 2 and <= 5 && hosts.CountBy(host => host).All(host => host.Value <= 4);

    private static Gen<Round> AtOnce(int servers) =>
        from says in Gen.Elements(Kinds).ArrayOf(servers)
        from order in Gen.Shuffle(Enumerable.Range(0, servers).ToArray())
        select new Round(says, order, servers, 0);

    private static Gen<Round> InTime(int servers) =>
        from first in Gen.Choose(1, servers)
        from second in Gen.Choose(0, servers - first)
        from order in Gen.Shuffle(Enumerable.Range(0, servers).ToArray())
        from quiet in Gen.Elements(Quiet).ArrayOf(servers)
        from any in Gen.Elements(Kinds).ArrayOf(servers)
        let says = Enumerable.Range(0, servers).Select(i => Array.IndexOf(order, i) < first ? quiet[i] : any[i])
        select new Round([.. says], order, first, second);

    private static void Compare(Zone zone)
    {
        var first = RunAsync(zone, takesTexts: true).WaitAsync(Patience).GetAwaiter().GetResult();
        var whole = RunAsync(zone, takesTexts: false).WaitAsync(Patience).GetAwaiter().GetResult();

        Assert.Equal(whole, first);
    }

    private static async Task<string> RunAsync(Zone zone, bool takesTexts)
    {
        HeldZone held = new(zone.Hosts, takesTexts);
        using var resolver = held.Resolver(options => options.MaxInFlightPerServer = 1);
        await held.WarmAsync(resolver);
        List<string> told = [];
        foreach (var round in zone.Rounds)
        {
            told.Add(await RunAsync(round, held, resolver));
        }

        return string.Join("\n\n", told);
    }

    private static async Task<string> RunAsync(Round round, HeldZone held, AuthoritativeResolver resolver)
    {
        for (var i = 0; i < round.Says.Length; i++)
        {
            Order(held[i], round.Says[i]);
        }

        held.Hold();
        var looking = resolver.ResolveAsync(HeldZone.Proof, CancellationToken.None).AsTask();
        Array.ForEach(round.Order[..round.First], held.Reply);
        var rest = round.Order[round.First..];
        if (round.First < round.Order.Length && IsDecided(round, held))
        {
            held.Advance(Moment);
            Array.ForEach(rest[..round.Second], held.Reply);
            held.Advance(Grace - Moment);
        }
        else
        {
            Array.ForEach(rest, held.Reply);
        }

        try
        {
            return Show(await looking);
        }
        catch (InvalidOperationException error)
        {
            return error.Message;
        }
    }

    /// <summary>Whether those who reply first are enough, none of whom says anything else than the proof.</summary>
    private static bool IsDecided(Round round, HeldZone held)
    {
        var speakers = round.Order[..round.First].Where(index => round.Says[index] is "token" or "later to live");
        return HostsOf(speakers, held) * 2 > HostsOf(round.Order, held);
    }

    private static int HostsOf(IEnumerable<int> servers, HeldZone zone) => servers.Select(index => zone.Hosts[index]).Distinct().Count();

    private static void Order(NameServer server, string kind)
    {
        var zone = server.Zone("acme.example").Remove("_proof").Remove("other").Txt("other", "token");
        zone.TimeToLive = TimeSpan.FromSeconds(kind == "later to live" ? 7 : 300);
        server.Instead = null;
        _ = kind switch
        {
            "other" => zone.Txt("_proof", "other"),
            "two" => zone.Txt("_proof", "token").Txt("_proof", "other"),
            "no name" => zone,
            "no data" => zone.Address("_proof", IPAddress.Loopback),
            "alias" => zone.Cname("_proof", "other"),
            _ => zone.Txt("_proof", "token"),
        };
        switch (kind)
        {
            case "servfail":
                server.Rewrite(answer => answer.Copy(answers: [], authorities: [], code: DnsResponseCode.ServerFailure));
                break;
            case "refused":
                server.Rewrite(answer => answer.Copy(answers: [], authorities: [], code: DnsResponseCode.Refused));
                break;
            case "lame":
                server.Rewrite(answer => answer.Copy(answers: [], authorities: [], flags: DnsHeaderFlags.Response));
                break;
            case "lame with data":
                server.Rewrite(answer => answer.Copy(flags: DnsHeaderFlags.Response));
                break;
            case "silent":
                server.Fail(DnsExchangeOutcome.TimedOut);
                break;
            case "silent once":
                FailOnce(server, DnsExchangeOutcome.TimedOut);
                break;
            case "unreachable":
                server.Fail(DnsExchangeOutcome.Unreachable, "connection_refused");
                break;
            case "no route":
                server.Fail(DnsExchangeOutcome.Unreachable, SocketErrorCodes.NetworkUnreachable);
                break;
            case "unreadable":
                server.Fail(DnsExchangeOutcome.Malformed, "name_too_long");
                break;
            case "truncated":
                FailOnce(server, DnsExchangeOutcome.Truncated);
                break;
            case "other case":
                FailOnce(server, DnsExchangeOutcome.CaseMismatched);
                break;
            case "throws":
                server.Instead = (_, _) => throw new InvalidOperationException("A fault of its own.");
                break;
            default:
                break;
        }
    }

    private static void FailOnce(NameServer server, DnsExchangeOutcome outcome)
    {
        var failures = 1;
        server.Instead = (_, _) => Task.FromResult(failures-- > 0 ? new DnsExchange(outcome, TimeSpan.Zero) : null);
    }

    private static string Show(DnsLookup lookup)
    {
        var attempts = lookup.Attempts.Select(attempt =>
            $"{attempt.Server} {attempt.Transport} {attempt.Question} {attempt.Outcome} {attempt.ResponseCode} {attempt.Detail}");
        var views = lookup.Servers.Select(view =>
            $"{view.Server} {view.HostName} {view.Standing} {view.Status} {Show(view.Records)} {view.Serial} {view.Elapsed} {view.Detail}");
        return string.Join(
            '\n',
            [
                $"{lookup.Question} {lookup.Status} {lookup.Detail} {lookup.Source} {lookup.Zone} {lookup.CanonicalName}",
                $"{lookup.AuthenticData} {lookup.NegativeTtl} {lookup.RetryAfter} {lookup.AreOfOneMind}",
                $"{Convert.ToHexString(lookup.OnlyText.Span)} {Show(lookup.Records)}",
                .. lookup.Aliases.Select(alias => alias.ToString()),
                .. attempts.Order(StringComparer.Ordinal),
                .. views,
            ]);
    }

    private static string Show(IEnumerable<DnsRecord> records)
    {
        var shown = records.Select(record => $"{record} {(record as DnsTxtRecord)?.Text} {record.TimeToLive}");
        return string.Join(", ", shown.Order(StringComparer.Ordinal));
    }

    /// <param name="Hosts">The host name of each server, as a number.</param>
    /// <param name="Rounds">What they say to one look-up after the other.</param>
    private sealed record Zone(int[] Hosts, Round[] Rounds)
    {
        public override string ToString() => $"{string.Join(' ', Hosts)}: {string.Join("; ", Rounds.AsEnumerable())}";
    }

    /// <param name="Says">What each server says.</param>
    /// <param name="Order">The order in which they reply.</param>
    /// <param name="First">How many reply at once. Where they are enough the others are late, and else reply with them.</param>
    /// <param name="Second">How many of those reply a moment later; the rest never does.</param>
    private sealed record Round(string[] Says, int[] Order, int First, int Second)
    {
        public override string ToString() => $"[{string.Join(", ", Says)}] as {string.Join(' ', Order)}, {First} at once, {Second} later";
    }
}
