namespace DomainVerification.Dns.Tests;

public sealed class IdleObjectsTests
{
    [Fact]
    public void LastKept_IsTakenFirst_AndNoneTwice()
    {
        IdleObjects<string> idle = new(3);
        Assert.False(idle.TryTake(out _));

        Assert.Equal([true, true, true, false], new[] { "a", "b", "c", "d" }.Select(idle.TryKeep));

        Assert.Equal(["c", "b", "a", null], Enumerable.Range(0, 4).Select(_ => idle.TryTake(out var item) ? item : null));
        Assert.True(idle.TryKeep("e"));
    }

    [Fact]
    public void LimitOfZero_KeepsNone()
    {
        IdleObjects<string> idle = new(0);

        Assert.False(idle.TryKeep("a"));
        Assert.False(idle.TryTake(out _));
    }

    [Fact]
    public void AtTheSameTime_NobodyHasWhatAnotherHas()
    {
        IdleObjects<int[]> idle = new(16);
        var made = 0;
        Parallel.For(0, 100_000, _ =>
        {
            if (!idle.TryTake(out var item))
            {
                item = [Interlocked.Increment(ref made), 0];
            }

            Assert.Equal(1, Interlocked.Increment(ref item[1]));
            Interlocked.Decrement(ref item[1]);
            idle.TryKeep(item);
        });

        HashSet<int> kept = [];
        while (idle.TryTake(out var item))
        {
            Assert.True(kept.Add(item[0]));
        }

        Assert.InRange(kept.Count, 1, 16);
    }
}
