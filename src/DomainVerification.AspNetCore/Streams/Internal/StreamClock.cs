namespace DomainVerification.AspNetCore.Streams.Internal;

/// <summary>Waits for a change, for the next look or for the next heartbeat, whichever comes first.</summary>
internal sealed class StreamClock(IClaimSubscription subscription, ClaimStreamOptions options, TimeProvider time)
{
    private Task? _signal;
    private long _spokeAt = time.GetTimestamp();

    /// <summary>Whether the reader has heard nothing for as long as it may.</summary>
    public bool IsBeatDue => UntilBeat <= TimeSpan.Zero;

    private TimeSpan UntilBeat => options.HeartbeatInterval - time.GetElapsedTime(_spokeAt);

    /// <summary>Notes that the reader has heard something.</summary>
    public void Spoke() => _spokeAt = time.GetTimestamp();

    /// <summary>Waits.</summary>
    /// <returns>What the signals threw, from when on they are no longer listened to; <see langword="null"/> where all is well.</returns>
    public async Task<Exception?> WaitAsync(CancellationToken cancellationToken)
    {
        _signal ??= subscription.WaitAsync(cancellationToken);
        var span = UntilBeat < options.PollInterval ? UntilBeat : options.PollInterval;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(span > TimeSpan.Zero ? span : TimeSpan.Zero, time, over.Token);
        await Task.WhenAny(_signal, pause).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (!_signal.IsCompleted)
        {
            return null;
        }

        var ended = _signal;
        _signal = ended.IsCompletedSuccessfully ? null : Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        return ended.Exception?.InnerException;
    }
}
