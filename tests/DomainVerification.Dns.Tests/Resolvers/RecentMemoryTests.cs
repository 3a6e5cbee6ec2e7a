namespace DomainVerification.Dns.Tests;

public sealed class RecentMemoryTests
{
    private const int Capacity = 100;

    private readonly RecentMemory<int, string> _memory = new(Capacity);

    [Fact]
    public void WhatWasNoted_IsFoundUntilItIsChangedOrRemoved()
    {
        _memory.Set(1, "one");
        _memory.Set(1, "another");
        Assert.True(_memory.TryGet(1, out var value));
        Assert.Equal("another", value);

        _memory.Remove(1);
        Assert.False(_memory.TryGet(1, out _));
    }

    [Fact]
    public void Half_IsAlwaysKeptAndNeverMoreThanAll()
    {
        for (var i = 0; i < 10 * Capacity; i++)
        {
            _memory.Set(i, "value");

            var last = Enumerable.Range(Math.Max(0, i - (Capacity / 2) + 1), Math.Min(i + 1, Capacity / 2));
            Assert.All(last, key => Assert.True(_memory.TryGet(key, out _)));
            Assert.InRange(Enumerable.Range(0, i + 1).Count(key => _memory.TryGet(key, out _)), 0, Capacity);
        }
    }

    [Fact]
    public void WhatIsChanged_FillsNothing()
    {
        _memory.Set(-1, "kept");
        for (var i = 0; i < 10 * Capacity; i++)
        {
            _memory.Set(1, "changed");
        }

        Assert.True(_memory.TryGet(-1, out _));
    }

    [Fact]
    public void OldValue_IsNotSeenAfterANewOne()
    {
        _memory.Set(-1, "old");
        for (var i = 0; i < Capacity / 2; i++)
        {
            _memory.Set(i, "value");
        }

        _memory.Set(-1, "new");
        Assert.True(_memory.TryGet(-1, out var value));
        Assert.Equal("new", value);

        _memory.Remove(-1);
        Assert.False(_memory.TryGet(-1, out _));
    }

    [Fact]
    public void Many_NoteAtTheSameTime()
    {
        Parallel.For(0, 100_000, i =>
        {
            _memory.Set(i, "value");
            _memory.TryGet(i / 2, out _);
        });

        Assert.InRange(Enumerable.Range(0, 100_000).Count(key => _memory.TryGet(key, out _)), 1, 2 * Capacity);
    }

    [Fact]
    public void EachWhoNotes_FindsWhatHeNoted_WhileOthersNoteAndRemove()
    {
        // Some 10,800 are added, removed ones included: enough for the generations to turn once, after which nothing is forgotten yet.
        RecentMemory<int, string> memory = new(12_000);
        Parallel.For(0, 16, owner =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                var key = (owner * 8) + (i % 8);
                var value = string.Concat("v", i);
                memory.Set(key, value);
                Assert.True(memory.TryGet(key, out var found));
                Assert.Equal(value, found);
                if (i % 3 == 0)
                {
                    memory.Remove(key);
                    Assert.False(memory.TryGet(key, out _));
                }
            }
        });
    }

    [Fact]
    public void WhatIsRemoved_StaysSo_InWhicheverGenerationItWas()
    {
        for (var others = 0; others <= Capacity; others++)
        {
            RecentMemory<int, string> memory = new(Capacity);
            memory.Set(-1, "old");
            for (var i = 0; i < others; i++)
            {
                memory.Set(i, "value");
            }

            memory.Set(-1, "new");
            Assert.True(memory.TryGet(-1, out var value));
            Assert.Equal("new", value);
            memory.Remove(-1);
            Assert.False(memory.TryGet(-1, out _));
            memory.Set(-1, "again");
            Assert.True(memory.TryGet(-1, out value));
            Assert.Equal("again", value);
        }
    }
}
