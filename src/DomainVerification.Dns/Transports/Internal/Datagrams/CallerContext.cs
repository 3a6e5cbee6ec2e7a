namespace DomainVerification.Dns;

/// <summary>
/// What a thread has for a caller who goes on there. What one caller leaves behind is not for the next one to see, as the pool has it
/// between its work items.
/// </summary>
internal readonly struct CallerContext
{
    private readonly ExecutionContext? _execution;
    private readonly SynchronizationContext? _synchronization;

    private CallerContext(ExecutionContext? execution, SynchronizationContext? synchronization) =>
        (_execution, _synchronization) = (execution, synchronization);

    /// <summary>As this thread has it now.</summary>
    public static CallerContext Capture() => new(ExecutionContext.Capture(), SynchronizationContext.Current);

    /// <summary>Gives this thread again what it had.</summary>
    public void Restore()
    {
        if (_execution is not null)
        {
            ExecutionContext.Restore(_execution);
        }

        if (SynchronizationContext.Current != _synchronization)
        {
            SynchronizationContext.SetSynchronizationContext(_synchronization);
        }
    }
}
