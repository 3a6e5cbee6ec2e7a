using System.Globalization;
using DomainVerification.Tests.Claims;
using DomainVerification.Work.Internal;

namespace DomainVerification.Tests.Work;

public class RecheckLadderTests
{
    private static readonly RecheckOptions Defaults = new();

    [Fact]
    public void Document_Ladder_IsTheLadderOfTheDefaults()
    {
        var elapsed = TimeSpan.Zero;
        var coded = new List<string>();
        for (var number = 0; number < Defaults.MaximumTries; number++)
        {
            var delay = RecheckSchedule.Delay(Defaults, number);
            elapsed += delay;
            coded.Add($"{number + 1} | {Shown(delay)} | {Shown(elapsed)}");
        }

        Assert.Equal(coded, MarkdownTable.Read("rechecks.md", "Try").Select(cells => string.Join(" | ", cells)));
    }

    [Fact]
    public void Delay_Defaults_Make75TriesIn6Point8Days()
    {
        var total = Enumerable.Range(0, Defaults.MaximumTries)
            .Aggregate(TimeSpan.Zero, (sum, number) => sum + RecheckSchedule.Delay(Defaults, number));

        Assert.Equal(75, Defaults.MaximumTries);
        Assert.Equal(6.8, total.TotalDays, 1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(9_999)]
    public void Delay_AnyRung_IsNeverLongerThanTheLongest(int number) =>
        Assert.InRange(RecheckSchedule.Delay(Defaults, number), Defaults.FirstDelay, Defaults.MaximumDelay);

    [Fact]
    public void Next_AfterTheLastTry_IsTheEndOfTheChallenge() =>
        Assert.Equal(Challenge.ExpiresAt, Next(Defaults.MaximumTries, null));

    [Fact]
    public void Next_RungBeyondTheEndOfTheChallenge_IsTheEnd()
    {
        var now = Challenge.ExpiresAt!.Value - TimeSpan.FromSeconds(30);

        Assert.Equal(Challenge.ExpiresAt, RecheckSchedule.Next(new DomainVerificationOptions(), Challenge, 0, now, null));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(61, 61)]
    [InlineData(10_499, 10_499)]
    [InlineData(10_500, 10_500)]
    [InlineData(86_400, 10_500)]
    public void Next_ResolversRememberTheDenial_WaitsForItButNoLongerThanTheLongestDelay(int denied, int expected) =>
        Assert.Equal(ClaimSamples.Now + TimeSpan.FromSeconds(expected), Next(0, TimeSpan.FromSeconds(denied)));

    private static Challenge Challenge => ClaimSamples.Challenge(1);

    private static DateTimeOffset? Next(int rechecks, TimeSpan? notBefore) =>
        RecheckSchedule.Next(new DomainVerificationOptions(), Challenge, rechecks, ClaimSamples.Now, notBefore);

    private static string Shown(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.Days}.{time.Hours:00}:{time.Minutes:00}:{time.Seconds:00}");
}
