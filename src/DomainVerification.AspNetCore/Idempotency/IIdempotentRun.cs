namespace DomainVerification.AspNetCore;

/// <summary>
/// The run of a request that carries a key: <c>HttpContext.Features.Get&lt;IIdempotentRun&gt;()</c>, which is <see langword="null"/> where
/// there is no key.
/// </summary>
public interface IIdempotentRun
{
    /// <summary>The key within its scope, as the store knows it.</summary>
    IdempotencyKey Key { get; }

    /// <summary>The identity of this run, as the store knows it.</summary>
    Guid Run { get; }

    /// <summary>When the lease of the run ends, UTC. What it answers later is not kept if another run has begun.</summary>
    DateTimeOffset LeasedUntil { get; }

    /// <summary>
    /// The response is for this exchange only, such as a secret that is shown once: nothing of it is kept, not even encrypted. The key
    /// answers 409 <see cref="IdempotencyErrorCodes.NotReplayable"/> from then on.
    /// </summary>
    void ForbidReplay();

    /// <summary>
    /// Nothing was done, such as for an input that the handler refused: the run is abandoned, and the next request with the key runs, with
    /// whatever content. Stronger than <see cref="ForbidReplay"/>.
    /// </summary>
    void Forget();
}
