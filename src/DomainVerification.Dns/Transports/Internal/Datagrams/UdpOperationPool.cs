namespace DomainVerification.Dns;

/// <summary>Operations that wait for their next query, wherever that will be received.</summary>
/// <param name="timeProvider">The clock of the queries.</param>
internal sealed class UdpOperationPool(TimeProvider timeProvider)
{
    private const int MaxIdle = 1024;

    private readonly IdleObjects<UdpOperation> _idle = new(MaxIdle);

    /// <param name="completions">What hands the query to its caller once it has ended.</param>
    public UdpOperation Rent(IUdpCompletions completions)
    {
        var operation = _idle.TryTake(out var idle) ? idle : new UdpOperation(this, timeProvider);
        operation.Completions = completions;
        return operation;
    }

    public void Return(UdpOperation operation)
    {
        if (!_idle.TryKeep(operation))
        {
            operation.Query.Dispose();
        }
    }
}
