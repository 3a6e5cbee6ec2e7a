namespace DomainVerification;

/// <summary>
/// Remembers the outcome of requests that carry a key, so that a client which tries again gets the first answer and causes nothing twice.
/// Each request runs under a lease: a run that crashed frees its key when its lease ends, and what such a run completes later is refused.
/// The semantics are those of the draft "The Idempotency-Key HTTP Header Field".
/// </summary>
/// <remarks>
/// Scopes and keys are compared ordinally. Instants are kept to the millisecond or finer. A cancelled token ends a call with
/// <see cref="OperationCanceledException"/> and leaves nothing half-written. An outage of the medium is an exception of the store's own
/// kind.
/// </remarks>
public interface IIdempotencyStore
{
    /// <summary>
    /// Begins a request, or tells what is known of it. Of any number of parallel calls with one key, one starts. What has expired by
    /// <see cref="IdempotencyRequest.Now"/> counts as unknown.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<IdempotencyAnswer> BeginAsync(IdempotencyRequest request, CancellationToken cancellationToken);

    /// <summary>Keeps the outcome of a run, to be given to every later request with the key until it expires.</summary>
    /// <param name="completion">The run and its outcome.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing was written, or everything.</param>
    /// <returns>
    /// <see cref="IdempotencySettlement.NotRunning"/>, and nothing was written, where the key is no longer run by this run: another one
    /// took it over when the lease ended, or the run was completed or abandoned before.
    /// </returns>
    ValueTask<IdempotencySettlement> CompleteAsync(IdempotencyCompletion completion, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets a run whose outcome is not worth keeping, such as a refusal of the input: the next request with the key starts afresh, with
    /// whatever content.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="run">The run that ends.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>
    /// <see cref="IdempotencySettlement.NotRunning"/>, and nothing was changed, where the key is no longer run by this run.
    /// </returns>
    ValueTask<IdempotencySettlement> AbandonAsync(IdempotencyKey key, Guid run, CancellationToken cancellationToken);

    /// <summary>Removes records that have expired. To be called again until it removes fewer than asked for.</summary>
    /// <param name="now">The present instant, UTC.</param>
    /// <param name="maximum">How many records to remove at the most: 1 or more.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>How many records were removed.</returns>
    ValueTask<int> DeleteExpiredAsync(DateTimeOffset now, int maximum, CancellationToken cancellationToken);
}
