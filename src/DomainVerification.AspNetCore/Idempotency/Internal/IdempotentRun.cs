using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>A run that the store has started.</summary>
internal sealed class IdempotentRun(IdempotencyKeyMetadata metadata, IdempotencyKey key, Guid run, DateTimeOffset leasedUntil)
    : IIdempotentRun
{
    public IdempotencyKeyMetadata Metadata => metadata;

    public IdempotencyKey Key => key;

    public Guid Run => run;

    public DateTimeOffset LeasedUntil => leasedUntil;

    /// <summary>Whether the handler was reached: until then whatever was answered decided that there is nothing to do.</summary>
    public bool HasBegun { get; set; }

    public bool IsReplayForbidden { get; private set; }

    public bool IsForgotten { get; private set; }

    public void ForbidReplay() => IsReplayForbidden = true;

    public void Forget() => IsForgotten = true;
}

/// <summary>Where the execution of an endpoint begins, as Stripe's API v1 says it: what is answered from here on is kept.</summary>
internal static class ExecutionMark
{
    public static void Set(HttpContext context, IdempotencyKeyMetadata metadata)
    {
        // Filters run after a failed binding too: the handler does not, and the status says so.
        if (context.Features.Get<IIdempotentRun>() is IdempotentRun run
            && ReferenceEquals(run.Metadata, metadata)
            && context.Response.StatusCode < StatusCodes.Status400BadRequest)
        {
            run.HasBegun = true;
        }
    }
}
