namespace DomainVerification;

/// <summary>How a call of <see cref="IOutbox"/> ended.</summary>
public enum WorkResultStatus
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>The work is not in a state that allows it; nothing changed.</summary>
    Refused,

    /// <summary>There is no such work in the outbox.</summary>
    NotFound,

    /// <summary>Somebody else was faster; nothing changed. Read again and decide anew.</summary>
    Conflict,
}

/// <summary>What a call of <see cref="IOutbox"/> came to.</summary>
public sealed record WorkResult
{
    private WorkResult(WorkResultStatus status) => Status = status;

    /// <summary>How the call ended.</summary>
    public WorkResultStatus Status { get; }

    /// <summary>
    /// The work: as it waits now where it was replayed, as it was where it was discarded, as it is where the call was refused;
    /// <see langword="null"/> where there is none.
    /// </summary>
    public ClaimWork? Work { get; private init; }

    /// <summary>Why it is not done; <see langword="null"/> when it is.</summary>
    public DomainVerificationError? Error { get; private init; }

    internal static WorkResult Done(ClaimWork work) => new(WorkResultStatus.Done) { Work = work };

    internal static WorkResult Failed(WorkResultStatus status, DomainVerificationError error, ClaimWork? work = null) =>
        new(status) { Error = error, Work = work };
}
