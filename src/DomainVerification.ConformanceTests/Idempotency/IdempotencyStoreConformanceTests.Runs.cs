using System.Collections.Concurrent;
using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class IdempotencyStoreConformanceTests
{
    private const string OneStarts = "Of any number of parallel calls with one key, one starts.";
    private const string NotRunning = "What a run completes or abandons that is no longer on is refused, and nothing is changed.";

    /// <summary>A key that is new starts a run.</summary>
    [Contract("A key that is unknown starts a run, under a lease.", Where = "IIdempotencyStore.BeginAsync; IdempotencyAnswer.LeasedUntil")]
    public Task Begin_UnknownKey_Starts() => StartAsync(Sample.Request(1));

    /// <summary>A key that is being run makes others wait.</summary>
    [Contract(
        "While a run is on, the same request is told so, and until when.",
        Where = "IdempotencyStatus.Running; IdempotencyAnswer.LeasedUntil")]
    public async Task Begin_WhileARunIsOn_IsRunning()
    {
        await StartAsync(Sample.Request(1));
        var running = new IdempotencyAnswer(IdempotencyStatus.Running, default, Sample.Now + Sample.Minute);

        await AssertAnswerAsync(Again(1, 2), running);
        await AssertAnswerAsync(Again(1, 3, Sample.Minute - Sample.Millisecond), running);
        await CompleteAsync(Completion(1, 1));
    }

    /// <summary>A request that ran gives its outcome, again and again.</summary>
    [Contract(
        "The outcome of a run is given to every later request with the key.",
        Where = "IIdempotencyStore.CompleteAsync; IdempotencyStatus.Completed")]
    public async Task Begin_AfterCompletion_GivesTheOutcome()
    {
        await StartAsync(Sample.Request(1));
        await CompleteAsync(Completion(1, 1));

        for (var run = 2; run < 5; run++)
        {
            // Also long after the lease of the run.
            await AssertAnswerAsync(
                Again(1, run, run * TimeSpan.FromHours(1)),
                new IdempotencyAnswer(IdempotencyStatus.Completed, new byte[] { 1, 2, 3 }));
        }
    }

    /// <summary>Outcomes are kept byte for byte.</summary>
    [Contract("The outcome is kept byte for byte, empty or not.", Where = "IdempotencyCompletion.Outcome")]
    public async Task Complete_AnyOutcome_IsKeptByteForByte()
    {
        byte[] each = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        byte[][] outcomes = [[], [0], each, [.. Enumerable.Repeat((byte)0xff, 1 << 20)]];
        for (var number = 1; number <= outcomes.Length; number++)
        {
            await StartAsync(Sample.Request(number));
            await CompleteAsync(Completion(number, number, outcomes[number - 1]));

            var answer = await Store.BeginAsync(Again(number, 100 + number), default);

            Assert.Equal(IdempotencyStatus.Completed, answer.Status);
            Assert.True(
                answer.Outcome.Span.SequenceEqual(outcomes[number - 1]),
                $"{outcomes[number - 1].Length} bytes came back changed.");
        }
    }

    /// <summary>A key belongs to its content.</summary>
    [Contract(
        "The same key with another digest is refused, whether the first request has ended or not.",
        Where = "IdempotencyStatus.KeyReused; IdempotencyRequest.Fingerprint")]
    public async Task Begin_OtherContent_IsKeyReused()
    {
        var reused = new IdempotencyAnswer(IdempotencyStatus.KeyReused);
        await StartAsync(Sample.Request(1));
        byte[][] others = [[1, 2, 4], [1, 2], [1, 2, 3, 0], [.. Enumerable.Repeat((byte)1, 64)]];
        foreach (var other in others)
        {
            await AssertAnswerAsync(Again(1, 2) with { Fingerprint = other }, reused);
        }

        await AssertAnswerAsync(Again(1, 2, 2 * Sample.Minute) with { Fingerprint = others[0] }, reused);
        await CompleteAsync(Completion(1, 1));
        await AssertAnswerAsync(Again(1, 2) with { Fingerprint = others[0] }, reused);
    }

    /// <summary>A run that crashed frees its key.</summary>
    [Contract("A run that crashed frees its key when its lease ends.", Where = "IIdempotencyStore; IdempotencyRequest.LeaseDuration")]
    public async Task Begin_AfterTheLease_TakesTheKeyOver()
    {
        await StartAsync(Sample.Request(1));

        await StartAsync(Again(1, 2, Sample.Minute));

        await AssertNotRunningAsync(1, 1);
        await AssertAnswerAsync(
            Again(1, 3, Sample.Minute),
            new IdempotencyAnswer(IdempotencyStatus.Running, default, Sample.Now + (2 * Sample.Minute)));
        await CompleteAsync(Completion(1, 2, [7]));
        await AssertAnswerAsync(Again(1, 3, Sample.Minute), new IdempotencyAnswer(IdempotencyStatus.Completed, new byte[] { 7 }));
    }

    /// <summary>A run that was slow and that nobody overtook may still complete.</summary>
    [Contract(
        "A run is on until another one takes its key over, or it is completed or abandoned.",
        Where = "IIdempotencyStore.CompleteAsync")]
    public async Task Complete_AfterTheLeaseWithoutATakeover_IsSettled()
    {
        await StartAsync(Sample.Request(1));

        await CompleteAsync(Completion(1, 1));

        await AssertAnswerAsync(
            Again(1, 2, 5 * Sample.Minute),
            new IdempotencyAnswer(IdempotencyStatus.Completed, new byte[] { 1, 2, 3 }));
    }

    /// <summary>A run ends once.</summary>
    [Contract(NotRunning, Where = "IIdempotencyStore.CompleteAsync; IIdempotencyStore.AbandonAsync; IdempotencySettlement")]
    public async Task Settle_RunThatIsNotOn_IsNotRunning()
    {
        await AssertNotRunningAsync(1, 1);
        await StartAsync(Sample.Request(1));
        await AssertNotRunningAsync(1, 2);
        await AssertNotRunningAsync(2, 1);
        await CompleteAsync(Completion(1, 1));

        await AssertNotRunningAsync(1, 1);

        await AssertAnswerAsync(Again(1, 2), new IdempotencyAnswer(IdempotencyStatus.Completed, new byte[] { 1, 2, 3 }));
    }

    /// <summary>A run that was abandoned never was.</summary>
    [Contract(
        "After a run was abandoned, the next request with the key starts afresh, with whatever content.",
        Where = "IIdempotencyStore.AbandonAsync")]
    public async Task Abandon_Run_FreesTheKeyForAnyContent()
    {
        await StartAsync(Sample.Request(1));

        await AbandonAsync(1, 1);

        await AssertNotRunningAsync(1, 1);
        await StartAsync(Again(1, 2) with { Fingerprint = new byte[] { 9 } });
        await AssertNotRunningAsync(1, 1);
    }

    /// <summary>Many that begin at once are one run.</summary>
    [Contract(OneStarts, Where = "IIdempotencyStore.BeginAsync")]
    public async Task Begin_ManyAtOnce_OneStarts()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var first = round * 1000;
            var statuses = await Concurrent.RunAsync(ParallelCallers, async caller =>
                (await Store.BeginAsync(Again(first, first + caller), default)).Status);

            Assert.Single(statuses, IdempotencyStatus.Started);
            Assert.Equal(ParallelCallers - 1, statuses.Count(status => status == IdempotencyStatus.Running));
            await CompleteAsync(Completion(first, first + Array.IndexOf(statuses, IdempotencyStatus.Started)));
        }
    }

    /// <summary>Many that take over at once are one run.</summary>
    [Contract(OneStarts, Where = "IIdempotencyStore.BeginAsync; IdempotencyRequest.LeaseDuration")]
    public async Task Begin_ManyAfterTheLease_OneTakesOver()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var first = round * 1000;
            await StartAsync(Again(first, first));

            var statuses = await Concurrent.RunAsync(ParallelCallers, async caller =>
                (await Store.BeginAsync(Again(first, first + 1 + caller, Sample.Minute), default)).Status);

            Assert.Single(statuses, IdempotencyStatus.Started);
            await AssertNotRunningAsync(first, first);
            await CompleteAsync(Completion(first, first + 1 + Array.IndexOf(statuses, IdempotencyStatus.Started)));
        }
    }

    /// <summary>Many that complete one run at once complete it once.</summary>
    [Contract(NotRunning, Where = "IIdempotencyStore.CompleteAsync")]
    public async Task Complete_ManyAtOnce_OneSettles()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var key = round;
            await StartAsync(Sample.Request(key));
            var outcomes = new ConcurrentDictionary<int, IdempotencySettlement>();
            await Concurrent.RunAsync(ParallelCallers, async caller =>
                outcomes[caller] = await Store.CompleteAsync(Completion(key, key, [(byte)caller]), default));

            var winner = Assert.Single(outcomes, outcome => outcome.Value == IdempotencySettlement.Settled).Key;
            await AssertAnswerAsync(Again(key, 1000 + key), new IdempotencyAnswer(IdempotencyStatus.Completed, new[] { (byte)winner }));
        }
    }
}
