using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Testing.Tests.Time;

public sealed class ManualTimeProviderOrderTests
{
    private static readonly Gen<(int Due, int Period)> _timers =
        from due in Gen.Choose(1, 50)
        from period in Gen.OneOf(Gen.Constant(0), Gen.Choose(1, 50))
        select (due, period);

    /// <summary>Any timers, any cutting of time into advances: the firings are those of the plain definition.</summary>
    [Fact]
    public void Advance_AnyTimersAndAnySteps_FiresInDueOrder()
    {
        var cases =
            from timers in _timers.ListOf()
            from steps in Gen.Choose(0, 40).ListOf()
            select (timers, steps);

        Prop.ForAll(cases.ToArbitrary(), c => Run([.. c.timers], [.. c.steps])).QuickCheckThrowOnFailure();
    }

    private static bool Run((int Due, int Period)[] timers, int[] steps)
    {
        var clock = new ManualTimeProvider();
        var fired = new List<(int At, int Timer)>();
        foreach (var (index, timer) in timers.Index())
        {
            clock.CreateTimer(_ => fired.Add((Now(clock), index)), null, Ticks(timer.Due), Ticks(timer.Period));
        }

        foreach (var step in steps)
        {
            clock.Advance(Ticks(step));
        }

        var end = steps.Sum();
        var expected = timers.Index().SelectMany(t => Firings(t.Item, end).Select(at => (at, t.Index)));
        var inOrder = fired.Zip(fired.Skip(1)).All(pair => pair.First.At <= pair.Second.At);
        return inOrder && Now(clock) == end && fired.Order().SequenceEqual(expected.Order());
    }

    private static IEnumerable<int> Firings((int Due, int Period) timer, int end)
    {
        for (var at = timer.Due; at <= end; at += timer.Period)
        {
            yield return at;
            if (timer.Period == 0)
            {
                yield break;
            }
        }
    }

    private static int Now(ManualTimeProvider clock) => (int)(clock.GetUtcNow() - ManualTimeProvider.DefaultStart).Ticks;

    private static TimeSpan Ticks(int count) => TimeSpan.FromTicks(count);
}
