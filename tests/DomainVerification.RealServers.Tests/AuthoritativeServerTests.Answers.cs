using DomainVerification.Dns;
using DomainVerification.RealServers.Tests.Hosts;
using DomainVerification.RealServers.Tests.Programs;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.RealServers.Tests;

public abstract partial class AuthoritativeServerTests
{
    [ServerFact]
    public async Task Verify_NothingAtTheName_SaysThatItDoesNotExist()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync(TimeSpan.FromSeconds(30));

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", zone.Name));

        Assert.Equal(Codes.RecordNotFound, result.Report!.Diagnosis.Code);
        Assert.Contains("does not exist", result.Report.Diagnosis.Message, StringComparison.Ordinal);
        Assert.Equal("name_error", result.Report.Observations[^1].Answer);
        Assert.Equal(TimeSpan.FromSeconds(30), result.Report.RetryAfter);
    }

    [ServerFact]
    public async Task Verify_OtherTypeAtTheName_SaysThatTheRecordIsMissing()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync(TimeSpan.FromSeconds(30), "_host-challenge IN CAA 0 issue \";\"");

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", zone.Name));

        Assert.Equal(Codes.RecordNotFound, result.Report!.Diagnosis.Code);
        Assert.Contains("exists but has no TXT record", result.Report.Diagnosis.Message, StringComparison.Ordinal);
        Assert.Equal("answered", result.Report.Observations[^1].Answer);
        Assert.Equal(TimeSpan.FromSeconds(30), result.Report.RetryAfter);
    }

    [ServerFact]
    public async Task Verify_ValueInSeveralStrings_IsProved()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync();
        var requested = await host.RequestAsync("tenant-a", zone.Name);
        var value = requested.Instructions!.RecordValue;

        await zone.AddAsync($"{requested.Instructions.RecordName}. IN TXT \"{value[..5]}\" \"{value[5..20]}\" \"\" \"{value[20..]}\"");

        await host.VerifyPublishedAsync(requested);
    }

    [ServerFact]
    public async Task Verify_ValueSplitOverTwoRecords_IsNotProved()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync();
        var requested = await host.RequestAsync("tenant-a", zone.Name);
        var (name, value) = (requested.Instructions!.RecordName, requested.Instructions.RecordValue);

        await zone.AddAsync($"{name}. IN TXT \"{value[..20]}\"", $"{name}. IN TXT \"{value[20..]}\"");

        var result = await host.VerifyAsync(requested);
        Assert.Equal(Codes.ValueSplit, result.Report!.Diagnosis.Code);
        Assert.Equal(2, result.Report.Observations[^1].Values.Count);
    }

    [ServerFact]
    public async Task Verify_OneOfSeveralRecords_IsProved()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync(
            "_host-challenge IN TXT \"v=spf1 -all\"",
            "_host-challenge IN TXT \"\"",
            "_host-challenge IN TXT \"token=somebodyelses\"");
        var requested = await host.RequestAsync("tenant-a", zone.Name);

        await zone.PublishAsync(requested.Instructions!);

        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal(4, verified.Report!.Observations[^1].Values.Count);
    }

    [ServerFact]
    public async Task Verify_AnswerTooBigForADatagram_IsProvedOverTcp()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync([.. Noise(40)]);
        var requested = await host.RequestAsync("tenant-a", zone.Name);

        await zone.PublishAsync(requested.Instructions!);

        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal(
            [("udp", "truncated"), ("tcp", "answered")],
            verified.Report!.Observations.Select(seen => (seen.Transport, seen.Answer)));
    }

    [ServerFact]
    public async Task Verify_MoreRecordsThanAnyProofNeeds_IsInconclusive()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync([.. Noise(DnsLookup.MaxRecords)]);
        var requested = await host.RequestAsync("tenant-a", zone.Name);

        await zone.PublishAsync(requested.Instructions!);

        var result = await host.VerifyAsync(requested);
        Assert.Equal(ClaimResultStatus.Inconclusive, result.Status);
        Assert.Equal(0, result.Claim!.Attempts);
    }

    [ServerFact]
    public async Task Verify_NameRedirectedByDname_IsProved()
    {
        await using var host = new Host(Fixture);
        var present = await Fixture.Authority.AddZoneAsync();
        var former = await Fixture.Authority.AddZoneAsync($"shops IN DNAME stores.{present.Name}.");
        var requested = await host.RequestAsync("tenant-a", $"one.shops.{former.Name}");
        var target = $"_host-challenge.one.stores.{present.Name}";

        await present.AddAsync($"{target}. IN TXT \"{requested.Instructions!.RecordValue}\"");

        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal([target], verified.Report!.Evidence!.Aliases);
    }

    [ServerFact]
    public async Task Verify_AliasesInALoop_IsAliasBroken()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync("_host-challenge IN CNAME other", "other IN CNAME _host-challenge");

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", zone.Name));

        Assert.Equal(LoopOutcome, (result.Report!.Outcome, result.Report.Diagnosis.Code));
    }

    [ServerFact]
    public async Task Verify_NamesInMixedCase_IsProved()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync();
        var requested = await host.RequestAsync("tenant-a", $"WWW.{zone.Name.ToUpperInvariant()}");
        Assert.Equal($"www.{zone.Name}", requested.Claim!.Domain.Value);

        await zone.AddAsync(
            $"_HOST-Challenge.Www IN CNAME ProoF.{zone.Name}.",
            $"prOOf IN TXT \"{requested.Instructions!.RecordValue}\"");

        await host.VerifyPublishedAsync(requested);
    }

    [ServerFact]
    public async Task Verify_InternationalName_IsProved()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync();
        var requested = await host.RequestAsync("tenant-a", $"Bücher.{zone.Name}");

        await zone.PublishAsync(requested.Instructions!);

        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal($"_host-challenge.xn--bcher-kva.{zone.Name}", verified.Report!.Evidence!.RecordName);
    }

    [ServerFact]
    public async Task Verify_OverTcpOnly_IsProved()
    {
        await using var host = new Host(Fixture, configureDns: dns => dns.Transport = DnsTransportMode.TcpOnly);
        var zone = await Fixture.Authority.AddZoneAsync();
        var requested = await host.RequestAsync("tenant-a", zone.Name);

        await zone.PublishAsync(requested.Instructions!);

        var verified = await host.VerifyPublishedAsync(requested);
        Assert.Equal("tcp", Assert.Single(verified.Report!.Observations).Transport);
    }

    [ServerFact]
    public async Task Verify_AliasLeadsWhereNobodyServes_IsInconclusive()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync("_host-challenge IN CNAME proof.unserved.example.");

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", zone.Name));

        Assert.Equal(ClaimResultStatus.Inconclusive, result.Status);
        Assert.Equal(0, result.Claim!.Attempts);
    }

    [ServerFact]
    public async Task Resolve_ManyNamesAtOnce_MixesNothingUp()
    {
        await using var host = new Host(Fixture);
        var numbers = Enumerable.Range(1, 200).ToList();
        var zone = await Fixture.Authority.AddZoneAsync([.. numbers.Select(number => $"n{number} IN TXT \"{number}\"")]);

        var lookups = await Task.WhenAll(
            numbers.Select(number => host.ResolveAsync($"n{number}.{zone.Name}", DnsRecordType.TXT).AsTask()));

        Assert.All(lookups, lookup => Assert.Equal(DnsLookupStatus.Answered, lookup.Status));
        Assert.Equal(
            numbers.Select(number => $"{number}"),
            lookups.Select(lookup => Assert.IsType<DnsTxtRecord>(Assert.Single(lookup.Records)).Text));
    }

    [ServerFact]
    public async Task Verify_RecordOfAWildcard_IsShownLikeAnyOther()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync("* IN TXT \"v=spf1 -all\"");

        var result = await host.VerifyAsync(await host.RequestAsync("tenant-a", zone.Name));

        Assert.Equal(Codes.WildcardAnswer, result.Report!.Diagnosis.Code);
        Assert.Equal("v=spf1 -all", Assert.Single(result.Report.Observations[^1].Values).Text);
    }

    [ServerFact]
    public async Task Resolve_ManyKindsOfNames_AgreesWithDig()
    {
        await using var host = new Host(Fixture);
        var zone = await Fixture.Authority.AddZoneAsync(
            "text IN TXT \"plain\"",
            """strings IN TXT "one" "" "t\"w\\o" "\195\132\000\127;" """.TrimEnd(),
            "many IN TXT \"first\"",
            "many IN TXT \"second\"",
            $"long IN TXT {string.Join(' ', Enumerable.Repeat($"\"{new string('x', 255)}\"", 7))}",
            "a.deep.name IN A 192.0.2.1",
            "chain IN CNAME chain2",
            "chain2 IN CNAME text",
            "dangling IN CNAME nowhere",
            "tree IN DNAME deep",
            "leaf.deep IN TXT \"moved\"",
            "*.wild IN TXT \"wild\"",
            "@ IN MX 10 mail",
            "mail IN AAAA 2001:db8::25");
        (string Name, DnsRecordType Type)[] questions =
        [
            ("text", DnsRecordType.TXT), ("strings", DnsRecordType.TXT), ("many", DnsRecordType.TXT), ("long", DnsRecordType.TXT),
            ("nowhere", DnsRecordType.TXT), ("name", DnsRecordType.TXT), ("deep.name", DnsRecordType.TXT),
            ("a.deep.name", DnsRecordType.A),
            ("chain", DnsRecordType.TXT), ("chain", DnsRecordType.CNAME), ("dangling", DnsRecordType.TXT), ("chain", DnsRecordType.A),
            ("leaf.tree", DnsRecordType.TXT), ("bare.tree", DnsRecordType.TXT), ("any.wild", DnsRecordType.TXT),
            ("wild", DnsRecordType.TXT), ("mail", DnsRecordType.AAAA),
        ];

        List<(string Name, DnsRecordType Type)> whole =
        [
            .. questions.Select(asked => ($"{asked.Name}.{zone.Name}", asked.Type)),
            (zone.Name, DnsRecordType.MX),
            (zone.Name, DnsRecordType.NS),
        ];

        // Only while the server itself answers dig in two ways is there nothing to compare with; once it does not, one difference is a fault.
        var (theirs, ours, _) = await Polling.UntilAsync(
            AskAsync,
            asked => asked.Before.SequenceEqual(asked.After),
            asked => $"The server still changes its answers: {string.Join("; ", asked.After.Except(asked.Before))}.");

        Assert.Equal(theirs, ours);

        async Task<(IReadOnlyList<Dig> Before, IReadOnlyList<Dig> Ours, IReadOnlyList<Dig> After)> AskAsync()
        {
            var before = await Dig.AskAsync(Fixture.Asked.Endpoint, whole);
            List<Dig> answers = [];
            foreach (var (name, type) in whole)
            {
                answers.Add(Dig.Of(await host.ResolveAsync(name, type)));
            }

            return (before, answers, await Dig.AskAsync(Fixture.Asked.Endpoint, whole));
        }
    }

    /// <summary>How a loop of aliases ends: a server that is asked directly shows it, a resolver gives up.</summary>
    protected abstract (ProofOutcome Outcome, string Code) LoopOutcome { get; }

    private static IEnumerable<string> Noise(int count) =>
        Enumerable.Range(1, count).Select(number => $"_host-challenge IN TXT \"{number}-{new string('n', 50)}\"");
}
