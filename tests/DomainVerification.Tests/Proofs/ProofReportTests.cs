using System.Security.Cryptography;
using System.Text;
using DomainVerification.Dns;
using DomainVerification.Testing;

namespace DomainVerification.Tests.Proofs;

public class ProofReportTests
{
    private readonly CheckWorld _world = new();

    [Fact]
    public async Task Evidence_Proof_SaysWhoSaidWhatAndHoldsNoToken()
    {
        var value = "token=" + CheckWorld.Token;
        _world.Zone.TimeToLive = TimeSpan.FromSeconds(77);
        _world.Zone.Txt(CheckWorld.Name, "noise").Txt(CheckWorld.Name, value);

        var report = await _world.CheckAsync();
        var evidence = report.Evidence!;

        Assert.Equal(ProofMethod.DnsTxt, evidence.Method);
        Assert.Equal("_host-challenge.example.com", evidence.RecordName);
        Assert.Equal(report.Observations[^1].Server, evidence.Server);
        Assert.Equal(TimeSpan.FromSeconds(77), evidence.TimeToLive);
        Assert.Equal(_world.Clock.GetUtcNow(), evidence.ObservedAt);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(value))).ToLowerInvariant(), evidence.ValueDigest);
        Assert.DoesNotContain(CheckWorld.Token, evidence.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(CheckWorld.Token, report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observations_Answer_ShowEveryValueAndWhatItIs()
    {
        _world.Spent = [new SpentToken(1, new StoredToken(StoredTokenSchemes.Clear, "old"))];
        _world.Zone
            .Txt(CheckWorld.Name, "token=" + CheckWorld.Token)
            .Txt(CheckWorld.Name, "token=other")
            .Txt(CheckWorld.Name, "token=old")
            .Txt(CheckWorld.Name, "v=spf1 -all");

        var report = await _world.CheckAsync();
        var observation = Assert.Single(report.Observations);

        Assert.Equal("answered", observation.Answer);
        Assert.Equal("udp", observation.Transport);
        Assert.Equal("127.0.0.1:53", observation.Server);
        Assert.Equal("_host-challenge.example.com TXT", observation.Question);
        Assert.Equal(
            [
                ("token=" + CheckWorld.Token, ObservedVerdict.Match),
                ("token=old", ObservedVerdict.SpentToken),
                ("token=other", ObservedVerdict.OtherToken),
                ("v=spf1 -all", ObservedVerdict.Unrelated),
            ],
            observation.Values.Select(value => (value.Text, value.Verdict)).OrderBy(value => value.Text, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Observations_HostileValues_AreCutAndEscaped()
    {
        byte[] hostile = [0x1B, (byte)'[', (byte)'2', (byte)'J', 0x00, 0xFF, 0x0A, .. "<b>"u8];
        _world.Zone.Txt(CheckWorld.Name, [hostile]).Txt(CheckWorld.Name, new string('x', 8000));

        var report = await _world.CheckAsync();

        Assert.Equal(ProofOutcome.NotProved, report.Outcome);
        var values = report.Observations[^1].Values;
        Assert.Equal(2, values.Count);
        Assert.All(values, value => Assert.Matches("^[ -~]{1,103}$", value.Text));
        Assert.Contains(values, value => value.Text == "\\027[2J\\000\\239\\191\\189\\010<b>");
    }

    [Fact]
    public async Task Aliases_HostileNames_AreEscaped()
    {
        var target = DnsName.Parse("\\027[\\010.evil.example");
        _world.Zone.Add(new DnsCnameRecord(DnsName.Parse(CheckWorld.Name), TimeSpan.FromMinutes(1), target));

        var report = await _world.CheckAsync();

        Assert.All(report.Observations.SelectMany(observation => observation.Aliases), alias => Assert.Matches("^[ -~]+$", alias));
        Assert.Matches("^[ -~]+$", report.Diagnosis.Message);
        Assert.All(report.Observations, observation => Assert.Matches("^[ -~]+$", observation.Question));
    }

    [Fact]
    public async Task RetryAfter_NegativeAnswer_IsTheZonesNegativeTimeToLive()
    {
        _world.Zone.NegativeTimeToLive = TimeSpan.FromSeconds(90);
        Assert.Equal(TimeSpan.FromSeconds(90), (await _world.CheckAsync()).RetryAfter);

        _world.Zone.Txt(CheckWorld.Name, "token=" + CheckWorld.Token);
        Assert.Null((await _world.CheckAsync()).RetryAfter);
    }

    [Fact]
    public async Task Observations_Failures_EachHaveTheirCode()
    {
        foreach (var (fault, code) in new[]
        {
            (DnsFault.ServFail(), "server_failure"),
            (DnsFault.Refused(), "refused"),
            (DnsFault.Code(DnsResponseCode.NotImplemented), "other_error"),
        })
        {
            _world.Resolver.Faults.Clear();
            _world.Resolver.Faults.Add(fault);
            var report = await _world.CheckAsync();
            Assert.Contains(report.Observations, observation => observation.Answer == code);
            Assert.All(report.Observations, observation => Assert.Empty(observation.Values));
        }

        _world.Resolver.Faults.Clear();
        Assert.Equal("name_error", Assert.Single((await _world.CheckAsync()).Observations).Answer);
    }
}
