using DomainVerification.Dns;
using DomainVerification.Testing;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs;

/// <summary>What a check says of a record that is nearly right. None of it ever proves.</summary>
public class ExplanationTests
{
    private const string Value = "token=" + CheckWorld.Token;

    private readonly CheckWorld _world = new();

    [Theory]
    [InlineData("\"token=abcdefghijklmnopqrstuvwxyz234567\"", ValueQuoted)]
    [InlineData("\\\"token=abcdefghijklmnopqrstuvwxyz234567\\\"", ValueQuoted)]
    [InlineData("\u201Ctoken=abcdefghijklmnopqrstuvwxyz234567\u201D", ValueQuoted)]
    [InlineData("token=\"abcdefghijklmnopqrstuvwxyz234567\" expiry=2026-11-29", ValueQuoted)]
    [InlineData("'abcdefghijklmnopqrstuvwxyz234567'", ValueQuoted)]
    [InlineData(" token=abcdefghijklmnopqrstuvwxyz234567", ValueSpaced)]
    [InlineData("token=abcdefghijklmnopqrstuvwxyz234567 ", ValueSpaced)]
    [InlineData("token= abcdefghijklmnopqrstuvwxyz234567", ValueSpaced)]
    [InlineData("token=abcdefghijklmnop\nqrstuvwxyz234567", ValueSpaced)]
    [InlineData("abcdefgh ijklmnop qrstuvwx yz234567", ValueSpaced)]
    [InlineData("token=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ValueCaseChanged)]
    [InlineData("Token=Abcdefghijklmnopqrstuvwxyz234567", ValueCaseChanged)]
    [InlineData("token=abcdefghijklmnopqrstuvwxyz23456", ValueCut)]
    [InlineData("token=abcdefgh", ValueCut)]
    [InlineData("token=abcdefg", ValueMismatch)]
    [InlineData("token=bcdefghijklmnopqrstuvwxyz234567", ValueMismatch)]
    public async Task Altered_value_is_named(string value, string code)
    {
        _world.Zone.Txt(CheckWorld.Name, "v=spf1 -all").Txt(CheckWorld.Name, value);

        await _world.AssertAsync(ProofOutcome.NotProved, code);
    }

    [Theory]
    [InlineData("token=ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ValueCaseChanged)]
    [InlineData("token=abcdefghijklmnopqrstuvwxyz23456", ValueMismatch)]
    [InlineData("\"token=abcdefghijklmnopqrstuvwxyz234567\"", ValueQuoted)]
    public async Task Token_that_is_not_kept_is_recognised_as_far_as_its_digest_goes(string value, string code)
    {
        var issued = await Tokens.TestProfiles.Issuer(options =>
        {
            options.Token.Disclosure = TokenDisclosure.Once;
        }).IssueAsync(Tokens.TestProfiles.Context, default);
        _world.Stored = issued.Stored;
        _world.Zone.Txt(CheckWorld.Name, value
            .Replace(CheckWorld.Token.ToUpperInvariant(), issued.Value.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace(CheckWorld.Token, issued.Value, StringComparison.Ordinal)
            .Replace(CheckWorld.Token[..^1], issued.Value[..^1], StringComparison.Ordinal));

        await _world.AssertAsync(ProofOutcome.NotProved, code);
    }

    [Fact]
    public async Task Pieces_in_any_order_are_put_together_up_to_four()
    {
        _world.Zone.Txt(CheckWorld.Name, "qrstuvwxyz").Txt(CheckWorld.Name, "234567").Txt(CheckWorld.Name, "token=abcdefghijklmnop");
        await _world.AssertAsync(ProofOutcome.NotProved, ValueSplit);

        _world.Zone.Txt(CheckWorld.Name, "v=spf1 -all");
        await _world.AssertAsync(ProofOutcome.NotProved, ValueSplit);

        // Five are not put together; what is left to say is that one is cut.
        _world.Zone.Txt(CheckWorld.Name, "other");
        await _world.AssertAsync(ProofOutcome.NotProved, ValueCut);
    }

    [Fact]
    public async Task Longer_look_is_bounded_and_shows_what_it_asked()
    {
        var report = await _world.CheckAsync();

        Assert.Equal("_host-challenge.example.com TXT", Assert.Single(report.Observations).Question);
        Assert.Equal(
            [
                "_host-challenge.example.com.example.com TXT",
                "example.com TXT",
                "host-challenge.example.com TXT",
                "example.com SOA",
            ],
            report.FurtherObservations.Select(seen => seen.Question));
        Assert.Equal(5, _world.Resolver.Queries.Count);
    }

    [Fact]
    public async Task Worker_asks_once()
    {
        _world.Explains = false;
        _world.Zone.Txt("@", Value);

        await _world.AssertAsync(ProofOutcome.NotProved, RecordNotFound);

        Assert.Single(_world.Resolver.Queries);
    }

    [Fact]
    public async Task Proof_is_not_looked_at_any_closer()
    {
        _world.Zone.Txt(CheckWorld.Name, Value).Txt("@", Value);

        await _world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Single(_world.Resolver.Queries);
    }

    [Fact]
    public async Task Other_names_records_are_not_shown()
    {
        _world.Zone.Txt("@", "v=spf1 -all").Txt("@", "internal=42");

        var report = await _world.CheckAsync();

        Assert.Equal(RecordNotFound, report.Diagnosis.Code);
        Assert.All(report.FurtherObservations, seen => Assert.Empty(seen.Values));
    }

    [Fact]
    public async Task Outage_of_the_longer_look_leaves_the_first_answer()
    {
        _world.Zone.Txt("host-challenge", Value);
        _world.Resolver.Faults.Add(DnsFault.ServFail().For("host-challenge.example.com"));

        await _world.AssertAsync(ProofOutcome.NotProved, RecordNotFound);
    }

    [Theory]
    [InlineData("shop.example.com", "_host-challenge.shop.example.com", "_host-challenge.example.com", RecordAtOtherName)]
    [InlineData("shop.example.com", "_host-challenge.shop.example.com", "shop.example.com", RecordAtDomain)]
    [InlineData("shop.example.com", "_host-challenge.shop.example.com", "_host-challenge.shop.example.com.example.com", RecordNameDoubled)]
    [InlineData(
        "shop.example.com", "_host-challenge.shop.example.com", "_host-challenge.shop.example.com.shop.example.com", RecordNameDoubled)]
    [InlineData("shop.example.com", "shop.example.com", "example.com", RecordAtDomain)]
    [InlineData("example.com", "example.com", "example.com.example.com", RecordNameDoubled)]
    public async Task Record_close_by_is_found(string domain, string name, string published, string code)
    {
        _world.Domain = domain;
        _world.Record = _world.Record with { Name = name };
        _world.Zone.Txt(published + ".", Value);

        await _world.AssertAsync(ProofOutcome.NotProved, code);
    }

    [Fact]
    public async Task Longest_name_has_no_doubled_one()
    {
        var label = new string('a', 60);
        _world.Domain = $"{label}.{label}.{label}.example.com";
        _world.Record = _world.Record with { Name = $"_host-challenge.{_world.Domain}" };

        await _world.AssertAsync(ProofOutcome.NotProved, RecordNotFound);
    }

    [Fact]
    public async Task Token_behind_an_alias_that_is_altered_is_named_without_showing_it()
    {
        _world.Zone.Cname(CheckWorld.Name, "proof.other.example.");
        _world.Dns.Zone("other.example").Txt("proof", $"\"{Value}\"");

        var report = await _world.CheckAsync();

        Assert.Equal(ValueQuoted, report.Diagnosis.Code);
        Assert.Equal("(behind an alias, not shown)", Assert.Single(report.Observations[^1].Values).Text);
    }

    [Fact]
    public async Task Canceled_while_looking_closer_throws()
    {
        using var source = new CancellationTokenSource();
        var resolver = new CancelingResolver(_world.Resolver, source);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.CheckAsync(resolver, source.Token));
    }

    /// <summary>Cancels after the first answer.</summary>
    private sealed class CancelingResolver(IDnsResolver inner, CancellationTokenSource source) : IDnsResolver
    {
        public async ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            var lookup = await inner.ResolveAsync(question, cancellationToken);
            await source.CancelAsync();
            return lookup;
        }
    }
}
