using Microsoft.AspNetCore.Http.Features;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>
/// The lifetime of a request while it runs under a key. A client that leaves does not end it: what is written of a response when its token
/// fires may be half of it, and who sent a key is going to ask again. The host's time-out and the host's abort do end it.
/// </summary>
internal sealed class RunLifetime : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly IHttpRequestLifetimeFeature? _inner;
    private readonly CancellationTokenSource _ended;

    public RunLifetime(IHttpRequestLifetimeFeature? inner, CancellationToken timeout)
    {
        _inner = inner;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(timeout);
        RequestAborted = _ended.Token;
    }

    public CancellationToken RequestAborted { get; set; }

    /// <summary>Whether the run was ended from outside, so that its response may be half of one.</summary>
    public bool HasEnded => _ended.IsCancellationRequested;

    public void Abort()
    {
        _ended.Cancel();
        _inner?.Abort();
    }

    public void Dispose() => _ended.Dispose();
}
