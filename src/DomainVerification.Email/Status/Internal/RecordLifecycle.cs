using DomainVerification.Email.Identities.Internal;

namespace DomainVerification.Email.Status.Internal;

/// <summary>
/// What a look makes of one record: quick to believe that it is there for the first time, slow to believe that it is gone.
/// </summary>
internal static class RecordLifecycle
{
    public static StoredRecord Apply(StoredRecord record, Sight sight, DateTimeOffset now, EmailCheckOptions options) => sight.Kind switch
    {
        SightKind.Found => Found(record, now, options),
        SightKind.Missing => Missed(record, sight, now, options),
        _ => record with { Problem = sight.Problem },
    };

    /// <summary>A record that is awaited afresh.</summary>
    public static StoredRecord Restart(StoredRecord record) => record.Status == SendingRecordStatus.Failed
        ? record with { Status = SendingRecordStatus.Pending, Misses = 0, Hits = 0, MissingSince = null }
        : record;

    /// <summary>A record that did not come in time.</summary>
    public static StoredRecord TimeOut(StoredRecord record) => record.Status == SendingRecordStatus.Pending
        ? record with { Status = SendingRecordStatus.Failed }
        : record;

    private static StoredRecord Found(StoredRecord record, DateTimeOffset now, EmailCheckOptions options)
    {
        var seen = record with { CheckedAt = now, SeenAt = now, Problem = null, Misses = 0 };
        var isBack = record.Status != SendingRecordStatus.Failed || record.Hits + 1 >= options.HitsUntilBack;
        return isBack
            ? seen with { Status = SendingRecordStatus.Verified, Hits = 0, MissingSince = null }
            : seen with { Hits = record.Hits + 1 };
    }

    private static StoredRecord Missed(StoredRecord record, Sight sight, DateTimeOffset now, EmailCheckOptions options)
    {
        var missed = record with { CheckedAt = now, Problem = sight.Problem, Hits = 0 };
        if (record.Status == SendingRecordStatus.Pending)
        {
            return missed;
        }

        // Counted no further than it matters, so that the number stays small however long a record is gone.
        var misses = Math.Min(record.Misses + 1, options.MissesUntilGone);
        var since = record.MissingSince ?? now;
        var isGone = misses >= options.MissesUntilGone && now - since >= options.MissingUntilGone;
        return missed with
        {
            Misses = misses,
            MissingSince = since,
            Status = isGone ? SendingRecordStatus.Failed : record.Status,
        };
    }
}
