using System.Text;
using DomainVerification.Dns;
using DomainVerification.Testing;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs;

public class DnsTxtProofTests
{
    private readonly CheckWorld _world = new();

    [Theory]
    [InlineData("token=abcdefghijklmnopqrstuvwxyz234567 expiry=2026-11-29")]
    [InlineData("token=abcdefghijklmnopqrstuvwxyz234567")]
    [InlineData("TOKEN=abcdefghijklmnopqrstuvwxyz234567 other=x")]
    [InlineData("abcdefghijklmnopqrstuvwxyz234567")]
    public async Task Check_Published_IsProved(string value)
    {
        _world.Zone.Txt(CheckWorld.Name, value);

        await _world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Theory]
    [InlineData("token=abcdefghijklmnopqrstuvwxyz2345677")]
    [InlineData("expiry=2026-11-29 token=abcdefghijklmnopqrstuvwxyz234567")]
    [InlineData("v=spf1 -all")]
    [InlineData("")]
    public async Task Check_OtherValue_IsAMismatch(string value)
    {
        _world.Zone.Txt(CheckWorld.Name, value);

        await _world.AssertAsync(ProofOutcome.NotProved, ValueMismatch);
    }

    [Fact]
    public async Task Check_StringsOfOneRecord_AreJoined()
    {
        _world.Zone.Txt(CheckWorld.Name, Strings("token=abcdefghijklmnop", "qrstuvwxyz234567", " expiry=", "2026-11-29"));

        await _world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Fact]
    public async Task Check_TokenSplitOverTwoRecords_DoesNotProve()
    {
        _world.Zone.Txt(CheckWorld.Name, "token=abcdefghijklmnop").Txt(CheckWorld.Name, "qrstuvwxyz234567");

        await _world.AssertAsync(ProofOutcome.NotProved, ValueSplit);
    }

    [Fact]
    public async Task Check_TokenAsSecondStringOfAnotherRecord_IsNotFound()
    {
        _world.Zone
            .Txt(CheckWorld.Name, Strings("v=spf1 -all", "token=" + CheckWorld.Token))
            .Txt(CheckWorld.Name, Strings("x", CheckWorld.Token));

        await _world.AssertAsync(ProofOutcome.NotProved, ValueMismatch);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(63)]
    public async Task Check_TokenAmongManyRecords_IsFoundWhereverItStands(int place)
    {
        for (var i = 0; i < 64; i++)
        {
            _world.Zone.Txt(CheckWorld.Name, i == place ? "token=" + CheckWorld.Token : $"token=other{i}");
        }

        await _world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Fact]
    public async Task Check_MoreRecordsThanAProofNeeds_IsInconclusive()
    {
        for (var i = 0; i < 65; i++)
        {
            _world.Zone.Txt(CheckWorld.Name, i == 0 ? "token=" + CheckWorld.Token : $"token=other{i}");
        }

        await _world.AssertAsync(ProofOutcome.Inconclusive, AnswerTooLarge);
    }

    [Fact]
    public async Task Check_NameMissing_IsNotFound()
    {
        await _world.AssertAsync(ProofOutcome.NotProved, RecordNotFound);

        _world.Zone.Mx(CheckWorld.Name, 10, "mail.example.com.");
        await _world.AssertAsync(ProofOutcome.NotProved, RecordNotFound);
    }

    [Fact]
    public async Task Check_TokenAtAnotherName_DoesNotProve()
    {
        _world.Zone.Txt("_host-challenge.www", "token=" + CheckWorld.Token);
        await _world.AssertAsync(ProofOutcome.NotProved, RecordNotFound);

        _world.Zone.Txt("@", "token=" + CheckWorld.Token);
        await _world.AssertAsync(ProofOutcome.NotProved, RecordAtDomain);
    }

    [Fact]
    public async Task Check_DoubledName_DoesNotProve()
    {
        _world.Zone.Txt("_host-challenge.example.com.example.com.", "token=" + CheckWorld.Token);

        await _world.AssertAsync(ProofOutcome.NotProved, RecordNameDoubled);
    }

    [Fact]
    public async Task Check_AnswerWithAnotherOwner_DoesNotProve()
    {
        _world.Zone.Txt(CheckWorld.Name, "token=" + CheckWorld.Token);
        _world.Resolver.Faults.Add(DnsFault.WrongOwner());

        Assert.NotEqual(ProofOutcome.Proved, (await _world.CheckAsync()).Outcome);
    }

    [Fact]
    public async Task Check_SpentToken_IsNamedAsOne()
    {
        _world.Spent = [new SpentToken(1, new StoredToken(StoredTokenSchemes.Clear, "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"))];
        _world.Zone.Txt(CheckWorld.Name, "token=zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz").Txt(CheckWorld.Name, "other");

        await _world.AssertAsync(ProofOutcome.NotProved, TokenSpent);

        _world.Zone.Txt(CheckWorld.Name, "token=" + CheckWorld.Token);
        await _world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Fact]
    public async Task Check_AliasToTheRecord_IsFollowed()
    {
        _world.Zone.Cname(CheckWorld.Name, "proof.other.example.");
        _world.Dns.Zone("other.example").Txt("proof", "token=" + CheckWorld.Token);

        var report = await _world.CheckAsync();

        Assert.Equal(ProofOutcome.Proved, report.Outcome);
        Assert.Equal(["proof.other.example"], report.Evidence!.Aliases);
        Assert.Equal("_host-challenge.example.com", report.Evidence.RecordName);
    }

    [Fact]
    public async Task Check_AliasLoop_IsABrokenAlias()
    {
        _world.Zone.Cname(CheckWorld.Name, "b.example.com.").Cname("b", CheckWorld.Name);

        await _world.AssertAsync(ProofOutcome.NotProved, AliasBroken);
    }

    [Fact]
    public async Task Check_AliasesBeyondOurLimitBeforeTheProof_SaysThatItCouldNotAsk()
    {
        _world.Zone.Cname(CheckWorld.Name, "a0.example.com.");
        for (var i = 0; i < DnsLookup.MaxAliases; i++)
        {
            _world.Zone.Cname($"a{i}", $"a{i + 1}.example.com.");
        }

        _world.Zone.Txt($"a{DnsLookup.MaxAliases}", "token=" + CheckWorld.Token);

        await _world.AssertAsync(ProofOutcome.Inconclusive, AliasBroken);
    }

    [Fact]
    public async Task Check_AliasToARecordOfSomebodyElse_DoesNotShowItsValue()
    {
        _world.Zone.Cname(CheckWorld.Name, "vault.corp.internal.");
        _world.Dns.Zone("corp.internal").Txt("vault", "internal-secret=42").Txt("vault", "v=spf1 -all");

        var report = await _world.CheckAsync();

        Assert.Equal(ProofOutcome.NotProved, report.Outcome);
        Assert.Equal(CnameInTheWay, report.Diagnosis.Code);
        Assert.Equal(
            ["(behind an alias, not shown)", "(behind an alias, not shown)"],
            report.Observations.SelectMany(observation => observation.Values).Select(value => value.Text));
    }

    public static TheoryData<DnsFault, string> Outages => new()
    {
        { DnsFault.ServFail(), ServerFailure },
        { DnsFault.Code(DnsResponseCode.NotImplemented), ServerFailure },
        { DnsFault.Refused(), ServerRefused },
        { DnsFault.OfOctets(octets => octets[..^3]).Over(LoopbackTransport.Tcp), MalformedAnswer },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Check_Outage_IsInconclusive(DnsFault fault, string code)
    {
        _world.Zone.Txt(CheckWorld.Name, "token=" + CheckWorld.Token);
        _world.Resolver.Faults.Add(fault).Add(DnsFault.Truncate());

        await _world.AssertAsync(ProofOutcome.Inconclusive, code);
    }

    [Fact]
    public async Task Check_NobodyAnswers_IsInconclusiveAfterTheDeadline()
    {
        _world.Resolver.Faults.Add(DnsFault.Drop());
        var check = _world.CheckAsync();
        while (!check.IsCompleted)
        {
            await _world.Clock.WaitForTimersAsync(1, default);
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var report = await check;
        Assert.Equal((ProofOutcome.Inconclusive, TimedOut), (report.Outcome, report.Diagnosis.Code));
        Assert.All(report.Observations, observation => Assert.Equal("timed_out", observation.Answer));
    }

    [Fact]
    public async Task Check_Canceled_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.CheckAsync(null, new CancellationToken(canceled: true)));

    private static ReadOnlyMemory<byte>[] Strings(params string[] strings) =>
        [.. strings.Select(text => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes(text))];
}
