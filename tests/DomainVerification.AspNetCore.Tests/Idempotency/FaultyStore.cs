namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>A store that throws when it is told to, before it acts or after.</summary>
internal sealed class FaultyStore(IIdempotencyStore inner) : IIdempotencyStore
{
    private int _begins;

    public int Begins => _begins;

    public bool ThrowsAtBegin { get; set; }

    /// <summary>As a connection does that breaks after the commit.</summary>
    public bool ThrowsAfterBegin { get; set; }

    public int CompletionsToFail { get; set; }

    public int AbandonsToFail { get; set; }

    /// <summary>The last outcome that was kept.</summary>
    public ReadOnlyMemory<byte> Outcome { get; private set; }

    /// <summary>Changes what is read back.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Alter { get; set; }

    public async ValueTask<IdempotencyAnswer> BeginAsync(IdempotencyRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begins);
        Fail(ThrowsAtBegin);
        var answer = await inner.BeginAsync(request, cancellationToken);
        Fail(ThrowsAfterBegin);
        return Alter is null ? answer : answer with { Outcome = Alter(answer.Outcome) };
    }

    public ValueTask<IdempotencySettlement> CompleteAsync(IdempotencyCompletion completion, CancellationToken cancellationToken)
    {
        Fail(CompletionsToFail-- > 0);
        Outcome = completion.Outcome;
        return inner.CompleteAsync(completion, cancellationToken);
    }

    public ValueTask<IdempotencySettlement> AbandonAsync(IdempotencyKey key, Guid run, CancellationToken cancellationToken)
    {
        Fail(AbandonsToFail-- > 0);
        return inner.AbandonAsync(key, run, cancellationToken);
    }

    public ValueTask<int> DeleteExpiredAsync(DateTimeOffset now, int maximum, CancellationToken cancellationToken) =>
        inner.DeleteExpiredAsync(now, maximum, cancellationToken);

    private static void Fail(bool fails)
    {
        if (fails)
        {
            throw new IOException("The store is out.");
        }
    }
}
