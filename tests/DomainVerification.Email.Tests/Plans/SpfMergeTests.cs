using DomainVerification.Email.Plans.Spf.Internal;
using FsCheck;
using FsCheck.Fluent;
using static DomainVerification.Email.Tests.Plans.SpfArbitraries;

namespace DomainVerification.Email.Tests.Plans;

public sealed class SpfMergeTests
{
    [Theory]
    [InlineData("v=spf1 mx -all", "v=spf1 include:h.example ~all", "v=spf1 mx include:h.example -all")]
    [InlineData("v=spf1", "v=spf1 include:h.example ~all", "v=spf1 include:h.example")]
    [InlineData("v=spf1 -all", "v=spf1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.1 -all")]
    [InlineData("v=spf1 mx redirect=r.example", "v=spf1 include:h.example -all", "v=spf1 mx include:h.example redirect=r.example")]
    [InlineData("v=spf1 redirect=r.example exp=e.example", "v=spf1 a -all", "v=spf1 a redirect=r.example exp=e.example")]
    [InlineData("v=spf1 mx -all", "v=spf1 redirect=h.example", "v=spf1 mx include:h.example -all")]
    [InlineData("v=spf1 redirect=h.example", "v=spf1 redirect=H.example.", "v=spf1 redirect=h.example")]
    [InlineData("v=spf1 include:H.Example -all", "v=spf1 include:h.example ~all", "v=spf1 include:H.Example -all")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.7 -all", "v=spf1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 ip4:192.0.2.7 -all", "v=spf1 ip4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.7 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 a -include:h.example mx -all", "v=spf1 include:h.example", "v=spf1 a include:h.example -include:h.example mx -all")]
    [InlineData("v=spf1 -all include:h.example", "v=spf1 include:h.example", "v=spf1 include:h.example -all include:h.example")]
    [InlineData("v=spf1 a -all", "v=spf1 a/24 -all", "v=spf1 a a/24 -all")]
    [InlineData("v=spf1 a -all", "v=spf1 mx -all include:dead.example", "v=spf1 a mx -all")]
    [InlineData("v=spf1 a -all exp=e.example", "v=spf1 a exp=f.example x=y", "v=spf1 a -all exp=e.example x=y")]
    public void What_is_missing_is_put_where_receivers_reach_it(string existing, string wanted, string merged) =>
        Assert.Equal(merged, SpfMerge.Add(Parse(existing), Parse(wanted)).ToString());

    [Theory]
    [InlineData("v=spf1 mx a -all", "v=spf1 include:h.example ~all", "v=spf1 mx a include:h.example ~all")]
    [InlineData("v=spf1 mx", "v=spf1 a", "v=spf1 a mx")]
    [InlineData("v=spf1 mx redirect=r.example", "v=spf1 a -all", "v=spf1 mx include:r.example a -all")]
    [InlineData("v=spf1 redirect=r.example", "v=spf1 redirect=q.example", "v=spf1 include:r.example redirect=q.example")]
    public void Several_records_become_one_whatever_their_order(string first, string second, string united)
    {
        Assert.Equal(united, SpfMerge.Unite([Parse(first), Parse(second)]).ToString());
        Assert.Equal(united, SpfMerge.Unite([Parse(second), Parse(first)]).ToString());
    }

    [Fact]
    public void Merging_twice_changes_nothing_more() =>
        Prop.ForAll(Records, Records, (existing, wanted) =>
        {
            var once = SpfMerge.Add(existing, wanted);
            Assert.Equal(once.ToString(), SpfMerge.Add(once, wanted).ToString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void No_term_of_the_existing_record_is_lost_or_moved() =>
        Prop.ForAll(Records, Records, (existing, wanted) =>
        {
            var left = new Queue<SpfTerm>(existing.Terms);
            foreach (var term in SpfMerge.Add(existing, wanted).Terms)
            {
                if (left.TryPeek(out var next) && ReferenceEquals(next, term))
                {
                    left.Dequeue();
                }
            }

            Assert.Empty(left);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Every_sender_that_is_wanted_passes() =>
        Prop.ForAll(Records, Records, (existing, wanted) =>
        {
            var tried = SpfMerge.Add(existing, wanted).Tried.ToList();
            foreach (var term in wanted.Tried.Where(term => term.IsPass && term.Kind != SpfTermKind.All))
            {
                Assert.True(tried.First(other => other.Covers(term)).IsPass, $"{existing} + {wanted}: {term}");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void The_merged_record_never_takes_fewer_lookups_than_its_parts() =>
        Prop.ForAll(Records, Records, (existing, wanted) =>
        {
            var merged = Lookups(SpfMerge.Add(existing, wanted));
            Assert.True(merged >= Lookups(existing), $"{existing} + {wanted}");
            Assert.True(merged >= Needed(wanted), $"{existing} + {wanted}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Uniting_does_not_depend_on_the_order() =>
        Prop.ForAll(Records, Records, Records, (first, second, third) =>
            Assert.Equal(SpfMerge.Unite([first, second, third]).ToString(), SpfMerge.Unite([third, first, second]).ToString()))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void What_was_merged_can_be_read() =>
        Prop.ForAll(Records, Records, (first, second) =>
        {
            Parse(SpfMerge.Add(first, second).ToString());
            Parse(SpfMerge.Unite([first, second]).ToString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static int Lookups(SpfRecord record) => record.Tried.Count(term => term.TakesLookup) + (record.Redirect is null ? 0 : 1);

    /// <summary>Without the terms that the record itself has twice.</summary>
    private static int Needed(SpfRecord record)
    {
        List<SpfTerm> terms = [];
        foreach (var term in record.Tried.Where(term => term.TakesLookup && term.IsPass && !terms.Exists(other => other.Covers(term))))
        {
            terms.Add(term);
        }

        return terms.Count;
    }
}
