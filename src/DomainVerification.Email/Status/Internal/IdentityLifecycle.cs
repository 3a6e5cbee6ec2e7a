using DomainVerification.Email.Identities.Internal;

namespace DomainVerification.Email.Status.Internal;

/// <summary>What a look at all records makes of an identity. Pure: no clock, no DNS, no store.</summary>
internal static class IdentityLifecycle
{
    /// <summary>Whether an identity is verified only with this record.</summary>
    public static bool IsRequired(StoredIdentity identity, StoredRecord record) => record.Purpose switch
    {
        SendingRecordPurpose.MailFromMx or SendingRecordPurpose.MailFromSpf => true,
        SendingRecordPurpose.Dkim => identity.Selectors.Any(selector =>
            selector.Name == record.Selector && selector.State == DkimSelectorState.Active),
        _ => false,
    };

    /// <summary>Whether the worker, or a request to verify, looks at it.</summary>
    public static bool IsWatched(StoredIdentity identity, bool isAsked) => isAsked || identity.Status != SendingStatus.Failed;

    /// <summary>Applies a look.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="sights">What was seen of its records; a record that is not in it was not looked for.</param>
    /// <param name="isAsked">Whether somebody asked for the look, which gives a failed identity another try.</param>
    /// <param name="now">When the look began.</param>
    /// <param name="options">The rules.</param>
    public static StoredIdentity Look(
        StoredIdentity identity,
        IReadOnlyDictionary<RecordKey, Sight> sights,
        bool isAsked,
        DateTimeOffset now,
        EmailIdentityOptions options)
    {
        // A later look was faster; what it saw is fresher.
        if (identity.CheckedAt > now || !IsWatched(identity, isAsked))
        {
            return identity;
        }

        var looked = isAsked ? Restart(identity) : identity;
        looked = looked with
        {
            Records = [.. looked.Records.Select(record => sights.TryGetValue(RecordKey.Of(looked, record), out var sight)
                ? RecordLifecycle.Apply(record, sight, now, options.Checks)
                : record)],
        };
        var facts = Facts.Of(looked, sights);
        if (facts.IsAnswered)
        {
            looked = looked with { CheckedAt = now, VerifyingSince = looked.VerifyingSince ?? now };
        }

        looked = SelectorLifecycle.Advance(looked, now, options.RotationOverlap);
        looked = Move(looked, facts, now, options.Checks);
        return looked with { NextCheckAt = CheckSchedule.Next(looked, facts.IsComplete, facts.NegativeTtl, now, options.Checks) };
    }

    public static DkimStatus DkimStatusOf(StoredIdentity identity)
    {
        var records = Required(identity).Where(record => record.Purpose == SendingRecordPurpose.Dkim).ToList();
        return Worst(records) switch
        {
            _ when identity.CheckedAt is null => DkimStatus.NotStarted,
            SendingRecordStatus.Failed => DkimStatus.Failed,
            SendingRecordStatus.Verified => DkimStatus.Success,
            _ => DkimStatus.Pending,
        };
    }

    public static MailFromStatus MailFromStatusOf(StoredIdentity identity)
    {
        var records = Required(identity).Where(record => record.Purpose != SendingRecordPurpose.Dkim).ToList();
        return Worst(records) switch
        {
            SendingRecordStatus.Failed => MailFromStatus.Failed,
            SendingRecordStatus.Verified => MailFromStatus.Success,
            _ => MailFromStatus.Pending,
        };
    }

    private static StoredIdentity Restart(StoredIdentity identity) => identity.Status != SendingStatus.Failed
        ? identity
        : identity with
        {
            Status = StatusTable.Next(identity.Status, StatusTrigger.Restart),
            VerifyingSince = null,
            Records = [.. identity.Records.Select(RecordLifecycle.Restart)],
        };

    private static StoredIdentity Move(StoredIdentity identity, Facts facts, DateTimeOffset now, EmailCheckOptions options)
    {
        if (Trigger(identity, facts, now, options) is not { } trigger)
        {
            return identity;
        }

        var status = StatusTable.Next(identity.Status, trigger);
        return identity with
        {
            Status = status,
            VerifiedAt = identity.VerifiedAt ?? (status == SendingStatus.Verified ? now : null),
            Records = status == SendingStatus.Failed
                ? [.. identity.Records.Select(record => IsRequired(identity, record) ? RecordLifecycle.TimeOut(record) : record)]
                : identity.Records,
        };
    }

    private static StatusTrigger? Trigger(StoredIdentity identity, Facts facts, DateTimeOffset now, EmailCheckOptions options)
    {
        var worst = Worst([.. Required(identity)]);
        if (worst == SendingRecordStatus.Verified)
        {
            return StatusTrigger.Complete;
        }

        if (identity.Status is SendingStatus.Verified)
        {
            return worst == SendingRecordStatus.Failed ? StatusTrigger.Gone : null;
        }

        if (!facts.IsAnswered)
        {
            return null;
        }

        var isOver = facts.IsMissing && now - identity.VerifyingSince >= options.FailAfter;
        return identity.Status == SendingStatus.Verifying && isOver ? StatusTrigger.TimeOut : StatusTrigger.Incomplete;
    }

    private static IEnumerable<StoredRecord> Required(StoredIdentity identity) =>
        identity.Records.Where(record => IsRequired(identity, record));

    /// <summary>Failed where one failed, verified where all are, pending otherwise.</summary>
    private static SendingRecordStatus Worst(IReadOnlyCollection<StoredRecord> records) =>
        records.Any(record => record.Status == SendingRecordStatus.Failed) ? SendingRecordStatus.Failed
        : records.All(record => record.Status == SendingRecordStatus.Verified) ? SendingRecordStatus.Verified
        : SendingRecordStatus.Pending;

    /// <summary>What a look says of the required records together.</summary>
    /// <param name="IsAnswered">Whether DNS answered for one of them.</param>
    /// <param name="IsComplete">Whether DNS answered for all of them.</param>
    /// <param name="IsMissing">Whether one of them was looked for and not there.</param>
    /// <param name="NegativeTtl">How long resolvers may go on denying one of them.</param>
    private sealed record Facts(bool IsAnswered, bool IsComplete, bool IsMissing, TimeSpan? NegativeTtl)
    {
        public static Facts Of(StoredIdentity identity, IReadOnlyDictionary<RecordKey, Sight> sights)
        {
            var seen = Required(identity)
                .Select(record => sights.GetValueOrDefault(RecordKey.Of(identity, record)))
                .OfType<Sight>()
                .ToList();
            return new Facts(
                seen.Exists(sight => sight.Kind != SightKind.Unknown),
                seen.TrueForAll(sight => sight.Kind != SightKind.Unknown),
                seen.Exists(sight => sight.Kind == SightKind.Missing),
                seen.Max(sight => sight.NegativeTtl));
        }
    }
}
