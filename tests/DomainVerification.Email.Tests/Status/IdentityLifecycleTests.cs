using DomainVerification.Email.Status.Internal;
using static DomainVerification.Email.Status.Internal.SightKind;

namespace DomainVerification.Email.Tests.Status;

public sealed class IdentityLifecycleTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_look_that_is_not_answered_moves_nothing()
    {
        var looked = LifecycleSamples.New().Look(Minute, Unknown);

        Assert.Equal(SendingStatus.Pending, looked.Status);
        Assert.Equal(DkimStatus.NotStarted, IdentityLifecycle.DkimStatusOf(looked));
        Assert.Null(looked.VerifyingSince);
        Assert.All(looked.Records, record => Assert.Equal(RecordProblemCodes.Unreachable, record.Problem?.Code));
        Assert.All(looked.Records, record => Assert.Null(record.CheckedAt));
    }

    [Fact]
    public void All_records_at_once_verify_at_once() =>
        Assert.Equal(SendingStatus.Verified, LifecycleSamples.New().Look(Minute, Found).Status);

    [Fact]
    public void Tracking_and_DMARC_hold_nothing_back()
    {
        var looked = LifecycleSamples.New()
            .Look(Minute, record => record.Purpose is SendingRecordPurpose.Tracking or SendingRecordPurpose.Dmarc ? Missing : Found);

        Assert.Equal(SendingStatus.Verified, looked.Status);
        Assert.Null(looked.Records.Min(record => record.MissingSince));
    }

    [Theory]
    [InlineData(SendingRecordPurpose.Dkim)]
    [InlineData(SendingRecordPurpose.MailFromMx)]
    [InlineData(SendingRecordPurpose.MailFromSpf)]
    public void Each_required_record_holds_it_back(SendingRecordPurpose purpose)
    {
        var looked = LifecycleSamples.New().Look(Minute, record => record.Purpose == purpose ? Missing : Found);

        Assert.Equal(SendingStatus.Verifying, looked.Status);
        Assert.Null(looked.VerifiedAt);
    }

    [Fact]
    public void An_identity_fails_after_72_hours_of_answered_looks_and_another_try_is_as_new()
    {
        var waiting = LifecycleSamples.New().Look(Minute, Missing).Look((72 * Hour) + Minute - TimeSpan.FromSeconds(1), Missing);
        var silent = waiting.Look((73 * Hour) + Minute, Unknown);
        var half = waiting.Look((73 * Hour) + Minute, record => record.Purpose == SendingRecordPurpose.Dkim ? Unknown : Found);
        var failed = waiting.Look((72 * Hour) + Minute, Missing);
        var ignored = failed.Look(80 * Hour, Found);
        var asked = failed.Look(100 * Hour, Missing, isAsked: true);

        Assert.Equal(SendingStatus.Verifying, waiting.Status);
        Assert.Equal(SendingStatus.Verifying, silent.Status);
        Assert.Equal(SendingStatus.Verifying, half.Status);
        Assert.Equal(SendingStatus.Failed, failed.Status);
        Assert.Equal(DkimStatus.Failed, IdentityLifecycle.DkimStatusOf(failed));
        Assert.Equal(MailFromStatus.Failed, IdentityLifecycle.MailFromStatusOf(failed));
        Assert.Null(failed.NextCheckAt);
        Assert.Equal(failed, ignored);
        Assert.Equal(SendingStatus.Verifying, asked.Status);
        Assert.Equal(LifecycleSamples.Start + (100 * Hour), asked.VerifyingSince);
        Assert.Equal(SendingStatus.Verified, failed.Look(100 * Hour, Found, isAsked: true).Status);
    }

    [Fact]
    public void A_record_is_gone_after_three_answered_misses_that_span_an_hour()
    {
        var verified = LifecycleSamples.New().Look(Minute, Found);
        var quick = verified.Look(1 * Hour, Missing).Look(1 * Hour, Missing).Look(1 * Hour, Missing).Look(1 * Hour, Missing);
        var two = verified.Look(1 * Hour, Missing).Look(3 * Hour, Missing);
        var interrupted = two.Look(4 * Hour, Found).Look(5 * Hour, Missing);
        var silent = two.Look(4 * Hour, Unknown);

        Assert.Equal(SendingStatus.Verified, quick.Status);
        Assert.Equal(SendingStatus.Degraded, quick.Look(2 * Hour, Missing).Status);
        Assert.Equal(SendingStatus.Verified, two.Status);
        Assert.Equal(SendingStatus.Degraded, two.Look(4 * Hour, Missing).Status);
        Assert.Equal(SendingStatus.Verified, interrupted.Status);
        Assert.Equal(SendingStatus.Verified, silent.Status);
        Assert.Equal(SendingStatus.Degraded, silent.Look(5 * Hour, Missing).Status);
    }

    [Fact]
    public void A_record_is_back_at_its_second_look()
    {
        var degraded = LifecycleSamples.New()
            .Look(Minute, Found).Look(1 * Hour, Missing).Look(2 * Hour, Missing).Look(3 * Hour, Missing);
        var once = degraded.Look(4 * Hour, Found);

        Assert.Equal(SendingStatus.Degraded, degraded.Status);
        Assert.Equal(DkimStatus.Failed, IdentityLifecycle.DkimStatusOf(degraded));
        Assert.Equal(SendingStatus.Degraded, once.Status);
        Assert.Equal(SendingStatus.Degraded, once.Look(5 * Hour, Missing).Look(6 * Hour, Found).Status);
        Assert.Equal(SendingStatus.Verified, once.Look(5 * Hour, Found).Status);
        Assert.Equal(degraded.VerifiedAt, once.Look(5 * Hour, Found).VerifiedAt);
    }

    [Fact]
    public void A_look_that_began_earlier_than_one_that_is_kept_changes_nothing()
    {
        var verified = LifecycleSamples.New().Look(2 * Hour, Found);

        Assert.Equal(verified, verified.Look(1 * Hour, Missing));
    }

    [Fact]
    public void What_was_seen_of_a_spare_alias_is_no_key()
    {
        var identity = LifecycleSamples.New(DkimMode.Cname);
        var sights = identity.Records.ToDictionary(record => RecordKey.Of(identity, record), _ => Sight.Found);
        var rotating = SelectorLifecycle.Rotate(
            identity,
            DomainName.Parse("acme.example"),
            "s2",
            LifecycleSamples.Key("k2"),
            LifecycleSamples.Start);

        var looked = IdentityLifecycle.Look(rotating, sights, false, LifecycleSamples.Start + Minute, new EmailIdentityOptions());

        Assert.Equal("s1", looked.Selectors.Single(selector => selector.State == DkimSelectorState.Active).Name);
    }

    [Fact]
    public void Looks_come_faster_while_a_record_is_missing_and_slowly_once_it_is_long_gone()
    {
        var verified = LifecycleSamples.New().Look(Minute, Found);
        var missing = verified.Look(1 * Hour, Missing);
        var gone = missing.Look(2 * Hour, Missing).Look(3 * Hour, Missing);
        var longGone = gone.Look(1000 * Hour, Missing);

        Assert.Equal(TimeSpan.FromDays(1), verified.NextCheckAt - (LifecycleSamples.Start + Minute));
        Assert.Equal(TimeSpan.FromMinutes(30), missing.NextCheckAt - (LifecycleSamples.Start + (1 * Hour)));
        Assert.Equal(TimeSpan.FromDays(1), longGone.NextCheckAt - (LifecycleSamples.Start + (1000 * Hour)));
        Assert.Equal(TimeSpan.FromMinutes(30), longGone.Look(1001 * Hour, Found).NextCheckAt - (LifecycleSamples.Start + (1001 * Hour)));
    }

    [Fact]
    public void While_records_are_awaited_looks_climb_a_ladder_up_to_an_hour()
    {
        var identity = LifecycleSamples.New().Look(Minute, Missing);
        List<TimeSpan> delays = [];
        for (var i = 0; i < 20; i++)
        {
            var at = identity.NextCheckAt!.Value - LifecycleSamples.Start;
            var before = at;
            identity = identity.Look(at, Missing);
            delays.Add(identity.NextCheckAt!.Value - LifecycleSamples.Start - before);
        }

        Assert.Equal(delays.Order(), delays);
        Assert.Equal(Minute, delays[0]);
        Assert.Equal(Hour, delays[^1]);
    }
}
