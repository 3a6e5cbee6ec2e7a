namespace DomainVerification.Claims.Internal;

/// <summary>The idempotent requests of <see cref="InMemoryClaimStore"/>. Not safe for parallel use by itself.</summary>
internal sealed class InMemoryIdempotency
{
    private readonly Dictionary<IdempotencyKey, Entry> _entries = [];
    private readonly SortedSet<(DateTimeOffset ExpiresAt, Guid Run)> _expiries = [];
    private readonly Dictionary<Guid, IdempotencyKey> _keys = [];

    public IdempotencyAnswer Begin(IdempotencyRequest request)
    {
        if (_entries.TryGetValue(request.Key, out var entry) && entry.ExpiresAt > request.Now)
        {
            if (!entry.Fingerprint.Span.SequenceEqual(request.Fingerprint.Span))
            {
                return new IdempotencyAnswer(IdempotencyStatus.KeyReused);
            }

            if (entry.Outcome is { } outcome)
            {
                return new IdempotencyAnswer(IdempotencyStatus.Completed, outcome);
            }

            if (entry.LeasedUntil > request.Now)
            {
                return new IdempotencyAnswer(IdempotencyStatus.Running, LeasedUntil: entry.LeasedUntil);
            }
        }

        Remove(request.Key);
        var leasedUntil = request.Now + request.LeaseDuration;
        var begun = new Entry(request.Run, request.Fingerprint.ToArray(), leasedUntil, request.Now + request.Lifetime, null);
        _entries.Add(request.Key, begun);
        _expiries.Add((begun.ExpiresAt, begun.Run));
        _keys.Add(begun.Run, request.Key);
        return new IdempotencyAnswer(IdempotencyStatus.Started, LeasedUntil: leasedUntil);
    }

    public bool IsRunning(IdempotencyKey key, Guid run) =>
        _entries.TryGetValue(key, out var entry) && entry.Run == run && entry.Outcome is null;

    public IdempotencySettlement Complete(IdempotencyCompletion completion)
    {
        if (!IsRunning(completion.Key, completion.Run))
        {
            return IdempotencySettlement.NotRunning;
        }

        _entries[completion.Key] = _entries[completion.Key] with { Outcome = completion.Outcome.ToArray() };
        return IdempotencySettlement.Settled;
    }

    public IdempotencySettlement Abandon(IdempotencyKey key, Guid run)
    {
        if (!IsRunning(key, run))
        {
            return IdempotencySettlement.NotRunning;
        }

        Remove(key);
        return IdempotencySettlement.Settled;
    }

    public int DeleteExpired(DateTimeOffset now, int maximum)
    {
        var expired = _expiries.TakeWhile(item => item.ExpiresAt <= now).Take(maximum).ToList();
        expired.ForEach(item => Remove(_keys[item.Run]));
        return expired.Count;
    }

    private void Remove(IdempotencyKey key)
    {
        if (_entries.Remove(key, out var entry))
        {
            _expiries.Remove((entry.ExpiresAt, entry.Run));
            _keys.Remove(entry.Run);
        }
    }

    private sealed record Entry(
        Guid Run,
        ReadOnlyMemory<byte> Fingerprint,
        DateTimeOffset LeasedUntil,
        DateTimeOffset ExpiresAt,
        ReadOnlyMemory<byte>? Outcome);
}
