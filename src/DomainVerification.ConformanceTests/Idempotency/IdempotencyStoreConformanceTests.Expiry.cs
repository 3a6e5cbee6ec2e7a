using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class IdempotencyStoreConformanceTests
{
    private const string Expiry = "What has expired by Now counts as unknown.";
    private const string Cancellation = "A cancelled token ends a call with OperationCanceledException and leaves nothing half-written.";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>An outcome that has expired is forgotten.</summary>
    [Contract(Expiry, Where = "IIdempotencyStore.BeginAsync; IdempotencyRequest.Lifetime")]
    public async Task Begin_AfterTheLifetime_StartsAfresh()
    {
        await StartAsync(Sample.Request(1));
        await CompleteAsync(Completion(1, 1));
        await AssertAnswerAsync(
            Again(1, 2, Day - Sample.Millisecond),
            new IdempotencyAnswer(IdempotencyStatus.Completed, new byte[] { 1, 2, 3 }));

        await StartAsync(Again(1, 2, Day) with { Fingerprint = new byte[] { 9 } });

        await AssertNotRunningAsync(1, 1);
        await CompleteAsync(Completion(1, 2, [4]));
    }

    /// <summary>A run that takes over counts its lifetime anew.</summary>
    [Contract("The key is remembered for the lifetime, counted from the Now of the run.", Where = "IdempotencyRequest.Lifetime")]
    public async Task Begin_TakesOver_CountsTheLifetimeAnew()
    {
        await StartAsync(Sample.Request(1));
        await StartAsync(Again(1, 2, Day / 2));
        await CompleteAsync(Completion(1, 2));

        await AssertAnswerAsync(
            Again(1, 3, Day + Sample.Minute),
            new IdempotencyAnswer(IdempotencyStatus.Completed, new byte[] { 1, 2, 3 }));
        Assert.Equal(0, await Store.DeleteExpiredAsync(Sample.Now + Day + Sample.Minute, 10, default));
    }

    /// <summary>A key whose lifetime is as long as its lease expires with it.</summary>
    [Contract(Expiry, Where = "IIdempotencyStore.BeginAsync; IdempotencyRequest.Lifetime")]
    public async Task Begin_LifetimeOfTheLease_EndsWithTheLease()
    {
        await StartAsync(Sample.Request(1) with { Lifetime = Sample.Minute });

        await StartAsync(Again(1, 2, Sample.Minute) with { Fingerprint = new byte[] { 9 } });
    }

    /// <summary>What has expired is removed, some at a time.</summary>
    [Contract(
        "Records that have expired are removed, as many as asked for at the most, and no other.",
        Where = "IIdempotencyStore.DeleteExpiredAsync")]
    public async Task DeleteExpired_SomeExpired_RemovesThemBoundedly()
    {
        for (var number = 1; number <= 5; number++)
        {
            await StartAsync(Sample.Request(number));
            await CompleteAsync(Completion(number, number));
        }

        await StartAsync(Again(6, 6, Sample.Millisecond));
        Assert.Equal(0, await Store.DeleteExpiredAsync(Sample.Now + Day - Sample.Millisecond, 10, default));

        Assert.Equal(2, await Store.DeleteExpiredAsync(Sample.Now + Day, 2, default));
        Assert.Equal(2, await Store.DeleteExpiredAsync(Sample.Now + Day, 2, default));
        Assert.Equal(1, await Store.DeleteExpiredAsync(Sample.Now + Day, 2, default));
        Assert.Equal(0, await Store.DeleteExpiredAsync(Sample.Now + Day, 2, default));

        await CompleteAsync(Completion(6, 6));
        await StartAsync(Again(1, 11));
    }

    /// <summary>A run whose record was removed is over.</summary>
    [Contract(NotRunning, Where = "IIdempotencyStore.DeleteExpiredAsync; IIdempotencyStore.CompleteAsync")]
    public async Task DeleteExpired_RunThatIsOn_IsNotRunningAnyMore()
    {
        await StartAsync(Sample.Request(1));

        Assert.Equal(1, await Store.DeleteExpiredAsync(Sample.Now + Day, 10, default));

        await AssertNotRunningAsync(1, 1);
        await StartAsync(Again(1, 2));
    }

    /// <summary>Instants a millisecond apart are apart.</summary>
    [Contract("Instants are kept to the millisecond or finer.", Where = "IIdempotencyStore")]
    public async Task Instants_OneMillisecondApart_AreOrdered()
    {
        var at = 499 * Sample.Millisecond;
        await StartAsync(Again(1, 1, at) with { LeaseDuration = Sample.Millisecond, Lifetime = 2 * Sample.Millisecond });
        await AssertAnswerAsync(
            Again(1, 2, at),
            new IdempotencyAnswer(IdempotencyStatus.Running, default, Sample.Now + at + Sample.Millisecond));
        Assert.Equal(0, await Store.DeleteExpiredAsync(Sample.Now + at + Sample.Millisecond, 10, default));
        Assert.Equal(1, await Store.DeleteExpiredAsync(Sample.Now + at + (2 * Sample.Millisecond), 10, default));
    }

    /// <summary>Every call looks at its token.</summary>
    [Contract(Cancellation, Where = "IIdempotencyStore")]
    public async Task EveryCall_CancelledToken_ThrowsOperationCanceledAndChangesNothing()
    {
        var token = new CancellationToken(canceled: true);
        await StartAsync(Sample.Request(1));
        (string Name, Func<Task> Call)[] calls =
        [
            (nameof(IIdempotencyStore.BeginAsync), async () => await Store.BeginAsync(Sample.Request(2), token)),
            (nameof(IIdempotencyStore.CompleteAsync), async () => await Store.CompleteAsync(Completion(1, 1), token)),
            (nameof(IIdempotencyStore.AbandonAsync), async () => await Store.AbandonAsync(Sample.Key(1), Sample.RunId(1), token)),
            (nameof(IIdempotencyStore.DeleteExpiredAsync), async () => await Store.DeleteExpiredAsync(Sample.Now + Day, 10, token)),
        ];

        foreach (var (name, call) in calls)
        {
            var gave = await Record.ExceptionAsync(call);
            Assert.True(gave is OperationCanceledException, $"{name} must throw an OperationCanceledException, and gave: {gave}");
        }

        await AssertAnswerAsync(Again(1, 3), new IdempotencyAnswer(IdempotencyStatus.Running, default, Sample.Now + Sample.Minute));
        await StartAsync(Sample.Request(2));
    }

    /// <summary>Nothing is no argument.</summary>
    [Contract("Arguments that must not be null, or not below 1, throw where they are.", Where = "IIdempotencyStore")]
    public async Task EveryCall_BadArgument_Throws()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Store.BeginAsync(null!, default));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Store.CompleteAsync(null!, default));
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await Store.AbandonAsync(null!, Sample.RunId(1), default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.DeleteExpiredAsync(Sample.Now, 0, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.DeleteExpiredAsync(Sample.Now, -1, default));
    }
}
