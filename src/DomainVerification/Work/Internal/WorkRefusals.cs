namespace DomainVerification.Work.Internal;

/// <summary>The sentences of the refusals that the state of the outbox causes.</summary>
internal static class WorkRefusals
{
    public static DomainVerificationError NotFound { get; } =
        new(DomainVerificationErrorCodes.WorkNotFound, "There is no such work in the outbox. It is finished or was discarded.");

    public static DomainVerificationError NotDead { get; } =
        new(DomainVerificationErrorCodes.WorkNotDead, "This work waits for its turn and is no dead letter. Leave it to the worker.");
}
