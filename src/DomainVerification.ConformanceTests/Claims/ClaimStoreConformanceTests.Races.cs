using System.Collections.Concurrent;
using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    /// <summary>Of those who read one version, one writes the next.</summary>
    [Contract(
        "A stale version changes nothing, however many write at the same time.",
        Where = "IClaimStore; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_ManyWritersOfOneClaim_WriteEachVersionOnce()
    {
        var stores = await InstancesAsync();
        var claim = Sample.Claim();
        await PutAsync(claim);

        var written = await Concurrent.RunAsync(ParallelCallers, async caller =>
        {
            var store = stores[caller % stores.Length];
            var won = 0;
            for (var i = 0; i < Rounds; i++)
            {
                var next = (await store.FindAsync(claim.Id, default))!.Next();

                // Lets others read the same version, also where the store never waits.
                await Task.Yield();
                var commit = new ClaimCommit { Claims = [next], Events = [Sample.Event(next) with { Id = EventId(caller, i) }] };
                won += await store.CommitAsync(commit, default) == ClaimCommitStatus.Committed ? 1 : 0;
            }

            return won;
        });

        Assert.Equal(written.Sum() + 1, (await Store.FindAsync(claim.Id, default))!.Version);
        var versions = (await Store.ListEventsAsync(claim.Id, default)).Select(entry => entry.ClaimVersion);
        Assert.Equal(Enumerable.Range(2, written.Sum()).Select(version => (long)version), versions);
    }

    /// <summary>Of those who would hold a domain, one does.</summary>
    [Contract(OneHolder, Where = "IClaimStore; ClaimCommitStatus.AlreadyHeld")]
    public async Task Commit_ManyWhoWouldHold_OneDoes()
    {
        var stores = await InstancesAsync();
        var claims = Enumerable.Range(0, ParallelCallers)
            .Select(number => Sample.Claim(number + 1, $"owner-{number}") with { Status = ClaimStatus.Verified })
            .ToArray();
        await PutAsync(claims);
        for (var round = 1; round <= Rounds; round++)
        {
            var epoch = round;
            var statuses = await Concurrent.RunAsync(ParallelCallers, async caller => await stores[caller % stores.Length].CommitAsync(
                new ClaimCommit { Claims = [claims[caller].Next(ClaimStatus.Claimed, epoch)] },
                default));

            Assert.Single(statuses, ClaimCommitStatus.Committed);
            var winner = Array.IndexOf(statuses, ClaimCommitStatus.Committed);
            var held = claims[winner].Next(ClaimStatus.Claimed, epoch);
            FieldList.AssertSame(new DomainHolding(epoch, held), await Store.FindHoldingAsync(string.Empty, held.Domain, default));
            await PutAsync(claims[winner] = held.Next(ClaimStatus.Verified));
        }
    }

    /// <summary>Of the claims that an owner makes at once, one is made.</summary>
    [Contract(OneLiveClaim, Where = "ClaimStatusExtensions.IsLive; ClaimCommitStatus.VersionConflict")]
    public async Task Commit_ManyNewClaimsOfOneOwner_OneIsWritten()
    {
        var stores = await InstancesAsync();
        for (var round = 0; round < Rounds; round++)
        {
            var (domain, first) = ($"name-{round}.example", 1000 * (round + 1));

            // Half of them have another generation: a key of the generation alone does not keep them apart.
            var statuses = await Concurrent.RunAsync(ParallelCallers, async caller => await stores[caller % stores.Length].CommitAsync(
                new ClaimCommit { Claims = [Sample.Claim(first + caller, "ann", domain).OfGeneration(1 + (caller % 2))] },
                default));

            Assert.Single(statuses, ClaimCommitStatus.Committed);
            Assert.All(statuses, status => Assert.NotEqual(ClaimCommitStatus.AlreadyHeld, status));
            Assert.Single((await Store.ListAsync(new ClaimQuery { Domain = Sample.Name(domain) }, default)).Claims);
        }
    }

    /// <summary>A due claim goes to one of those who lease at the same time.</summary>
    [Contract(
        "However many workers lease at the same time, each claim goes to one of them, and every one is served.",
        Where = "IClaimStore.LeaseDueClaimsAsync")]
    public async Task LeaseDueClaims_ManyWorkers_LeaseEachClaimOnce()
    {
        var stores = await InstancesAsync();
        var count = 10 * ParallelCallers;
        var claims = Enumerable.Range(1, count).Select(number => Sample.Claim(number, "ann", $"name-{number}.example"));
        await PutAsync([.. claims.Select(claim => claim with { DueAt = Sample.Now })]);

        var leased = await Concurrent.RunAsync(ParallelCallers, async caller =>
        {
            var mine = new List<int>();
            while (await stores[caller % stores.Length].LeaseDueClaimsAsync(Sample.Lease(Sample.Now, 3), default) is { Count: > 0 } batch)
            {
                mine.AddRange(batch.Select(Sample.NumberOf));
            }

            return mine;
        });

        var all = leased.SelectMany(mine => mine).Concat(await LeaseDueAsync(Sample.Now, count)).Order();
        Assert.Equal(Enumerable.Range(1, count), all);
    }

    /// <summary>Work goes to one worker at a time, and in order for each domain.</summary>
    [Contract(
        "Leased work is not leased again, and work of a (profile, domain) and target is done in order, however many workers there are.",
        Where = "IClaimStore.LeaseWorkAsync")]
    public async Task LeaseWork_ManyWorkers_DoEachOnceAndInOrderForEachDomain()
    {
        const int Domains = 4;
        var stores = await InstancesAsync();
        var numbers = Enumerable.Range(1, 4 * ParallelCallers);
        ClaimWork[] work = [.. numbers.Select(number => Sample.Work(number, $"name-{number % Domains}.example"))];
        await EnqueueAsync(work);

        await AssertAllIsDoneInOrderAsync(stores, work, []);
    }

    /// <summary>Work goes to one worker at a time, and in order for each target, also while more of it comes.</summary>
    [Contract(
        "Leased work is not leased again, and work of a (profile, domain) and target is done in order, however many workers there are "
            + "and however much is added meanwhile.",
        Where = "IClaimStore.LeaseWorkAsync; ClaimWork.Target")]
    public async Task LeaseWork_ManyWorkersWhileWorkIsAdded_DoEachOnceAndInOrderForEachTarget()
    {
        const int Targets = 4;
        var stores = await InstancesAsync();
        var numbers = Enumerable.Range(1, 4 * ParallelCallers);
        ClaimWork[] work = [.. numbers.Select(number => Sample.Work(number) with { Target = $"target-{number % Targets}" })];
        var (first, added) = (work[..(work.Length / 2)], work[(work.Length / 2)..]);
        await EnqueueAsync(first);

        await AssertAllIsDoneInOrderAsync(stores, work, [.. added.Chunk(3)]);
    }

    /// <summary>Lets all callers but the first work, while the first adds more.</summary>
    private async Task AssertAllIsDoneInOrderAsync(IClaimStore[] stores, ClaimWork[] work, ClaimWork[][] added)
    {
        var underWay = new ConcurrentDictionary<(DomainName Domain, string Target), int>();
        var overtaking = new ConcurrentQueue<string>();
        var done = new ConcurrentQueue<ClaimWork>();
        var refused = new ConcurrentQueue<(int Number, ClaimCommitStatus Status)>();

        await Concurrent.RunAsync(ParallelCallers, async caller =>
        {
            var store = stores[caller % stores.Length];
            foreach (var more in caller == 0 ? added : [])
            {
                await CommitAsync(store, new ClaimCommit { Work = more }, more[0]);
            }

            var (seen, inVain) = (0, 0);

            // Work that a store has lost is never leased, however long somebody asks.
            while (done.Count < work.Length && refused.IsEmpty && overtaking.IsEmpty && inVain < 500)
            {
                (seen, inVain) = (done.Count, done.Count == seen ? inVain + 1 : 0);

                // Leasing again before anything is done shows at once, on any machine, whether a queue gives more than its first.
                ClaimWork[] leased = [.. await LeaseAsync(store), .. await LeaseAsync(store)];
                foreach (var item in leased)
                {
                    // Lets others lease while this is being done.
                    await Task.Yield();
                    done.Enqueue(item);
                    underWay.TryRemove((item.Domain, item.Target), out _);
                    await CommitAsync(store, new ClaimCommit { Settled = [new SettledWork(item.Id)] }, item);
                }

                await Task.Yield();
            }

            return 0;
        });

        Assert.Empty(refused);
        Assert.Empty(overtaking);
        var lost = work.Select(Sample.NumberOf).Except(done.Select(Sample.NumberOf)).Order().ToList();
        Assert.True(lost.Count == 0, $"Work that was never leased: {string.Join(", ", lost)}.");
        Assert.All(
            done.GroupBy(item => (item.Domain, item.Target)),
            queue => Assert.Equal(queue.Select(Sample.NumberOf).Order(), queue.Select(Sample.NumberOf)));
        Assert.Equal(work.Length, done.Select(item => item.Id).Distinct().Count());
        Assert.Equal(work.Length, done.Count);

        async Task<IReadOnlyList<ClaimWork>> LeaseAsync(IClaimStore store)
        {
            var leased = await store.LeaseWorkAsync(Sample.Lease(Sample.Now, 3), default);
            foreach (var item in leased)
            {
                var (queue, number) = ((item.Domain, item.Target), Sample.NumberOf(item));
                if (!underWay.TryAdd(queue, number))
                {
                    overtaking.Enqueue($"{number} was leased while {underWay.GetValueOrDefault(queue)} was under way, for {queue}");
                }
            }

            return leased;
        }

        async Task CommitAsync(IClaimStore store, ClaimCommit commit, ClaimWork item)
        {
            var status = await store.CommitAsync(commit, default);
            if (status != ClaimCommitStatus.Committed)
            {
                refused.Enqueue((Sample.NumberOf(item), status));
            }
        }
    }

    /// <summary>Whoever looks on during takeovers sees one holder, with its events and its work.</summary>
    [Contract(
        "A takeover is atomic with its events and its work: no read shows two holders, none, or a change without its event.",
        Where = "IClaimStore.CommitAsync; ClaimCommit")]
    public async Task Commit_TakeoversUnderReaders_AreSeenWhole()
    {
        var stores = await InstancesAsync();
        var holds = await HeldAsync(1, "ann", 1);
        var waits = await VerifiedAsync(2, "bob");
        var takeovers = 5 * Rounds;
        var isOver = false;

        var faults = await Concurrent.RunAsync(4, caller => caller == 0 ? TakeOverAsync() : WatchAsync(stores[caller % stores.Length]));

        Assert.Empty(faults.Where(fault => fault.Length > 0));

        async Task<string> TakeOverAsync()
        {
            try
            {
                for (var epoch = 2; epoch < 2 + takeovers; epoch++)
                {
                    (waits, holds) = (holds.Next(ClaimStatus.Verified), waits.Next(ClaimStatus.Claimed, epoch));
                    await PutAsync(new ClaimCommit
                    {
                        Claims = epoch % 2 == 0 ? [holds, waits] : [waits, holds],
                        Events = [Sample.Event(waits), Sample.Event(holds)],
                        Work = [Sample.Work(epoch)],
                    });
                    await Task.Yield();
                }

                return string.Empty;
            }
            finally
            {
                Volatile.Write(ref isOver, true);
            }
        }

        async Task<string> WatchAsync(IClaimStore store)
        {
            var seen = 1L;
            bool isLast;
            do
            {
                // Looks once more when all is over, however fast the store was.
                isLast = Volatile.Read(ref isOver);
                var holding = await store.FindHoldingAsync(string.Empty, holds.Domain, default);
                var claims = (await store.ListAsync(new ClaimQuery { Domain = holds.Domain }, default)).Claims;
                if (holding.Holder is not { } holder || holder.Epoch != holding.Epoch)
                {
                    return $"Between holders, FindHoldingAsync gave:\n{FieldList.Summarize(holding)}";
                }

                if (claims.Count(claim => claim.Status.Holds) != 1)
                {
                    return $"{claims.Count(claim => claim.Status.Holds)} claims hold:\n{FieldList.Summarize(claims)}";
                }

                if (holding.Epoch < seen)
                {
                    return $"The epoch fell from {seen} to {holding.Epoch}.";
                }

                seen = holding.Epoch;
                foreach (var claim in claims.Append(holder).Where(claim => claim.Version > 3))
                {
                    if ((await store.ListEventsAsync(claim.Id, default)).All(entry => entry.ClaimVersion != claim.Version))
                    {
                        return $"Version {claim.Version} of {claim.Id} is there without its event.";
                    }
                }

                if (seen > 1 && await store.FindWorkAsync(Sample.WorkId((int)seen), default) is null)
                {
                    return $"The holding of epoch {seen} is there without its work.";
                }

                await Task.Yield();
            }
            while (!isLast);

            return string.Empty;
        }
    }

    private static Guid EventId(int caller, int round) => new(caller, (short)round, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 5]);
}
