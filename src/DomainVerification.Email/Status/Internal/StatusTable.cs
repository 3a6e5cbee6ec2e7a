namespace DomainVerification.Email.Status.Internal;

/// <summary>What moves an identity from one status to another.</summary>
internal enum StatusTrigger
{
    /// <summary>A look was answered, and some required record is not there yet.</summary>
    Incomplete,

    /// <summary>All required records are there.</summary>
    Complete,

    /// <summary>A look was answered, some required record is not there, and the time for it is over.</summary>
    TimeOut,

    /// <summary>A required record that was there is gone.</summary>
    Gone,

    /// <summary>Somebody asks to verify.</summary>
    Restart,
}

/// <summary>One move.</summary>
internal sealed record StatusMove(SendingStatus From, StatusTrigger On, SendingStatus To);

/// <summary>
/// All moves of an identity's status; what is not here moves nothing. <see cref="SendingStatus.Suspended"/> is not here: it covers what the
/// records say, and takes no part in it.
/// </summary>
internal static class StatusTable
{
    public static IReadOnlyList<StatusMove> Moves { get; } =
    [
        new(SendingStatus.Pending, StatusTrigger.Incomplete, SendingStatus.Verifying),
        new(SendingStatus.Pending, StatusTrigger.Complete, SendingStatus.Verified),
        new(SendingStatus.Verifying, StatusTrigger.Complete, SendingStatus.Verified),
        new(SendingStatus.Verifying, StatusTrigger.TimeOut, SendingStatus.Failed),
        new(SendingStatus.Verified, StatusTrigger.Gone, SendingStatus.Degraded),
        new(SendingStatus.Degraded, StatusTrigger.Complete, SendingStatus.Verified),
        new(SendingStatus.Failed, StatusTrigger.Restart, SendingStatus.Verifying),
    ];

    public static SendingStatus Next(SendingStatus from, StatusTrigger on) =>
        Moves.FirstOrDefault(move => move.From == from && move.On == on)?.To ?? from;
}
