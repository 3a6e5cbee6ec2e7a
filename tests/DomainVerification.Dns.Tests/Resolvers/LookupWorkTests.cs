using System.Collections.Concurrent;

namespace DomainVerification.Dns.Tests;

/// <summary>What a batch does with its work, whatever that does: throw, go elsewhere, leave something behind.</summary>
public sealed class LookupWorkTests
{
    // Fewer than 32 have no lane.
    private const int Few = 20;
    private const int Many = 100;
    private const int Bad = 7;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly AsyncLocal<string?> Local = new();

    [Theory]
    [InlineData(Few, false, false)]
    [InlineData(Few, false, true)]
    [InlineData(Few, true, false)]
    [InlineData(Few, true, true)]
    [InlineData(Many, false, false)]
    [InlineData(Many, false, true)]
    [InlineData(Many, true, false)]
    [InlineData(Many, true, true)]
    public async Task Throwing_BeginsNoMore_AndTheOthersUnderWayAreTaken(int count, bool inTake, bool isLate)
    {
        TaskCompletionSource others = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource thrown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Work work = new(count)
        {
            OnAsk = index => index != Bad ? new ValueTask(others.Task) : inTake ? default : Throw(),
            OnTake = index => index == Bad && inTake ? Throw() : default,
        };

        var batch = LookupBatch.RunAsync(work, 10, CancellationToken.None);
        await thrown.Task.WaitAsync(Patience);
        Assert.False(batch.IsCompleted);
        others.SetResult();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => batch.WaitAsync(Patience));
        Assert.Equal("seven", error.Message);
        if (count == Few && !isLate)
        {
            // Elsewhere another worker may be faster than the one that throws.
            Assert.Equal(Enumerable.Range(0, Bad + 1), work.Asked.Order());
        }

        Assert.Equal(inTake ? work.Asked.Order() : work.Asked.Where(index => index != Bad).Order(), work.Taken.Keys.Order());

        ValueTask Throw()
        {
            return isLate ? ThrowLateAsync() : ThrowNow();
        }

        ValueTask ThrowNow()
        {
            thrown.SetResult();
            throw new InvalidOperationException("seven");
        }

        async ValueTask ThrowLateAsync()
        {
            await Task.Yield();
            await ThrowNow();
        }
    }

    [Fact]
    public async Task ThrowingTwice_ThrowsTheFirst()
    {
        TaskCompletionSource[] asked = [new(), new()];
        Work work = new(Few) { OnAsk = index => new ValueTask(asked[index].Task) };
        var batch = LookupBatch.RunAsync(work, 2, CancellationToken.None);

        // Off the context of the test, in which the workers would hear of it elsewhere.
        await Task.Run(() =>
        {
            asked[1].SetException(new InvalidOperationException("first"));
            asked[0].SetException(new InvalidOperationException("second"));
        });

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => batch.WaitAsync(Patience));
        Assert.Equal("first", error.Message);
        Assert.Equal([0, 1], work.Asked.Order());
    }

    [EpollFact]
    public async Task TakeThatGoesElsewhere_ComesBackToTheLane()
    {
        ConcurrentBag<UdpLane?> lanes = [];
        Work work = new(Many)
        {
            OnAsk = _ =>
            {
                lanes.Add(UdpLane.Current);
                return default;
            },
            OnTake = index => index % 2 == 0 ? new ValueTask(Task.Run(() => Assert.Null(UdpLane.Current))) : default,
        };

        await LookupBatch.RunAsync(work, 8, maxLanes: 1, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(Many, lanes.Count);
        Assert.NotNull(Assert.Single(lanes.Distinct()));
        work.AssertAllTaken();
    }

    [Theory]
    [InlineData(Few)]
    [InlineData(Many)]
    public async Task ContextOfTheCaller_IsThatOfEachStep_AndWhatOneLeavesNoOtherSees(int count)
    {
        Local.Value = "caller";
        ConcurrentBag<string?> seen = [];
        Work work = new(count) { OnAsk = Leave, OnTake = Leave };

        await LookupBatch.RunAsync(work, 4, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(2 * count, seen.Count);
        Assert.All(seen, value => Assert.Equal("caller", value));
        Assert.Equal("caller", Local.Value);
        work.AssertAllTaken();

        ValueTask Leave(int index)
        {
            seen.Add(Local.Value);
            Local.Value = "left";
            return index % 3 == 0 ? new ValueTask(Task.Delay(0)) : index % 3 == 1 ? YieldAsync() : default;
        }
    }

    [EpollFact]
    public async Task CallerWhoLetsNothingFlow_IsNotSeen_AndTheNextOneIs()
    {
        for (var round = 0; round < 3; round++)
        {
            Local.Value = "caller";
            ConcurrentBag<string?> seen = [];
            Work work = new(Many) { OnAsk = See, OnTake = See };
            Task batch;
            using (ExecutionContext.SuppressFlow())
            {
                batch = LookupBatch.RunAsync(work, 4, CancellationToken.None);
            }

            await batch.WaitAsync(Patience);
            Assert.Equal(2 * Many, seen.Count);
            Assert.All(seen, Assert.Null);
            work.AssertAllTaken();

            seen.Clear();
            Work next = new(Many) { OnAsk = See, OnTake = See };
            await LookupBatch.RunAsync(next, 4, CancellationToken.None).WaitAsync(Patience);
            Assert.All(seen, value => Assert.Equal("caller", value));
            next.AssertAllTaken();

            ValueTask See(int index)
            {
                seen.Add(Local.Value);
                return index % 2 == 0 ? YieldAsync() : default;
            }
        }
    }

    [Fact]
    public async Task ManyBatches_OneAfterTheOtherAndAtOnce_HaveTheirOwnResults()
    {
        for (var wave = 0; wave < 10; wave++)
        {
            var works = Enumerable.Range(0, 8).Select(batch => new Work(batch % 2 == 0 ? Few : Many)
            {
                OnAsk = index => (index + batch) % 3 == 0 ? YieldAsync() : default,
                OnTake = index => (index + batch) % 4 == 0 ? YieldAsync() : default,
            }).ToList();

            await Task.WhenAll(works.Select(work => LookupBatch.RunAsync(work, 16, CancellationToken.None))).WaitAsync(Patience);

            Assert.All(works, work => work.AssertAllTaken());
        }
    }

    /// <summary>A worker whose batch failed serves the next one as any other.</summary>
    [Theory]
    [InlineData(Few)]
    [InlineData(Many)]
    public async Task BatchAfterAFailedOne_IsWhole(int count)
    {
        for (var round = 0; round < 5; round++)
        {
            Work bad = new(count) { OnTake = async _ => await Task.FromException(new InvalidOperationException()) };
            await Assert.ThrowsAsync<InvalidOperationException>(() => LookupBatch.RunAsync(bad, 16, CancellationToken.None).WaitAsync(Patience));
            Work good = new(count) { OnAsk = index => index % 2 == 0 ? YieldAsync() : default };

            await LookupBatch.RunAsync(good, 16, CancellationToken.None).WaitAsync(Patience);

            good.AssertAllTaken();
        }
    }

    private static async ValueTask YieldAsync() => await Task.Yield();

    /// <summary>Work whose look-ups are whatever a test does, and which keeps what it was given.</summary>
    private sealed class Work(int count) : ILookupWork
    {
        private readonly DnsLookup[] _lookups = [.. Enumerable.Range(0, count).Select(_ => NewLookup())];
        private readonly ConcurrentDictionary<int, long> _begun = new();
        private long _now;

        public Func<int, ValueTask> OnAsk { get; init; } = _ => default;

        public Func<int, ValueTask> OnTake { get; init; } = _ => default;

        public ConcurrentBag<int> Asked { get; } = [];

        public ConcurrentDictionary<int, (DnsLookup Lookup, long Started)> Taken { get; } = new();

        public int Count => count;

        public long Now => Interlocked.Increment(ref _now);

        public ValueTask<DnsLookup> AskAsync(int index, CancellationToken cancellationToken)
        {
            Asked.Add(index);
            _begun[index] = Interlocked.Read(ref _now);
            var asked = OnAsk(index);
            return asked.IsCompletedSuccessfully ? ValueTask.FromResult(_lookups[index]) : AskLateAsync(index, asked);
        }

        public ValueTask TakeAsync(int index, DnsLookup lookup, long started, CancellationToken cancellationToken)
        {
            Assert.True(Taken.TryAdd(index, (lookup, started)));
            return OnTake(index);
        }

        /// <summary>Each result was taken once, with the time of before it was begun.</summary>
        public void AssertAllTaken()
        {
            Assert.Equal(Enumerable.Range(0, count), Asked.Order());
            Assert.Equal(Enumerable.Range(0, count), Taken.Keys.Order());
            foreach (var (index, (lookup, started)) in Taken)
            {
                Assert.Same(_lookups[index], lookup);
                Assert.InRange(started, 1, _begun[index]);
            }

            Assert.Equal(count, Taken.Values.Select(taken => taken.Started).Distinct().Count());
        }

        private async ValueTask<DnsLookup> AskLateAsync(int index, ValueTask asked)
        {
            await asked.ConfigureAwait(false);
            return _lookups[index];
        }

        private static DnsLookup NewLookup() => new() { Status = DnsLookupStatus.NoData, Question = ResolverBench.Question };
    }
}
