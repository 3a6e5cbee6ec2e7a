namespace DomainVerification.Dns;

/// <summary>
/// The clock of one exchange: a token that is cancelled when its time is up or the caller gives up, and the time it took.
/// </summary>
internal sealed class ExchangeTimer : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly CancellationToken _callerToken;
    private readonly TimeProvider _timeProvider;
    private readonly long _started;

    public ExchangeTimer(TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        cancellationToken.ThrowIfCancellationRequested();
        _callerToken = cancellationToken;
        _timeProvider = timeProvider;
        _started = timeProvider.GetTimestamp();
        _source = new CancellationTokenSource(timeout, timeProvider);
        _registration = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether <see cref="Token"/> was cancelled because the time was up, and not by the caller.</summary>
    public bool IsTimeout => _source.IsCancellationRequested && !_callerToken.IsCancellationRequested;

    public DnsExchange End(DnsExchangeOutcome outcome) => new(outcome, _timeProvider.GetElapsedTime(_started));

    /// <summary>The result once <see cref="Token"/> ended the waiting; throws where it was the caller who ended it.</summary>
    public DnsExchange EndByToken()
    {
        _callerToken.ThrowIfCancellationRequested();
        return End(DnsExchangeOutcome.TimedOut);
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
