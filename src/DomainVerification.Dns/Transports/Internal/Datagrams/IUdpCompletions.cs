namespace DomainVerification.Dns;

/// <summary>Lets the callers of ended queries go on, each in a place where it holds up nobody else's queries.</summary>
internal interface IUdpCompletions
{
    /// <summary>Whether no query that has ended waits for its turn.</summary>
    bool IsIdle { get; }

    /// <summary>Takes a query that has ended, from any thread; <see cref="UdpOperation.GoOn"/> is called later.</summary>
    void Add(UdpOperation operation);
}
