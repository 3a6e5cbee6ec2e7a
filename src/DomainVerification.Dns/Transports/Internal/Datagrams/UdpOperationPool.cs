namespace DomainVerification.Dns;

/// <summary>Operations that wait for their next query.</summary>
/// <param name="timeProvider">The clock of the queries.</param>
/// <param name="completions">What hands the ended ones to their callers.</param>
internal sealed class UdpOperationPool(TimeProvider timeProvider, IUdpCompletions completions)
{
    private const int MaxIdle = 1024;

    private readonly IdleObjects<UdpOperation> _idle = new(MaxIdle);

    public IUdpCompletions Completions => completions;

    public UdpOperation Rent() => _idle.TryTake(out var operation) ? operation : new UdpOperation(this, timeProvider);

    public void Return(UdpOperation operation)
    {
        if (!_idle.TryKeep(operation))
        {
            operation.Query.Dispose();
        }
    }
}
