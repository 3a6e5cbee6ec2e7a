using DomainVerification.Email.Identities.Internal;

namespace DomainVerification.Email.Status.Internal;

/// <summary>When the worker looks at an identity next.</summary>
internal static class CheckSchedule
{
    /// <summary>The share of the time without an answer, or without a record, after which to look again.</summary>
    private const double Quarter = 0.25;

    /// <summary>When a fresh identity is due; <see langword="null"/> where the owner has to ask for the first look.</summary>
    public static DateTimeOffset? First(EmailCheckOptions options, DateTimeOffset now) =>
        options.Start == RecheckStart.Immediately ? now + options.FirstDelay : null;

    /// <summary>When an identity is due after a look.</summary>
    /// <param name="identity">The identity as the look left it.</param>
    /// <param name="answered">Whether all that was asked was answered.</param>
    /// <param name="notBefore">How long resolvers may go on denying a record; an earlier look would only see the denial again.</param>
    /// <param name="now">When the look was.</param>
    /// <param name="options">The rules.</param>
    public static DateTimeOffset? Next(
        StoredIdentity identity,
        bool answered,
        TimeSpan? notBefore,
        DateTimeOffset now,
        EmailCheckOptions options)
    {
        if (identity.Status == SendingStatus.Failed)
        {
            return null;
        }

        var rotating = identity.Selectors.FirstOrDefault(selector => selector.State == DkimSelectorState.Next);
        var retires = identity.Selectors.Min(selector => selector.RetireAt);
        DateTimeOffset? next = Regular(identity, answered, notBefore, now, options);
        if (rotating is not null)
        {
            next = Earlier(next, now + Climb(now - rotating.Since, notBefore, options));
        }

        return Earlier(next, retires);
    }

    private static DateTimeOffset Regular(
        StoredIdentity identity,
        bool answered,
        TimeSpan? notBefore,
        DateTimeOffset now,
        EmailCheckOptions options) => identity.Status switch
        {
            SendingStatus.Pending or SendingStatus.Verifying =>
                now + Climb(now - (identity.VerifyingSince ?? identity.CreatedAt), notBefore, options),
            _ when IsComingBack(identity) => now + options.MissingInterval,
            _ when MissingSince(identity) is { } since => now + Soon(now - since, options),
            _ when !answered => now + Soon(now - (identity.CheckedAt ?? now), options),
            _ => now + options.VerifiedInterval,
        };

    /// <summary>
    /// A delay that grows with the time waited for, as a ladder's does whose rungs are <see cref="EmailCheckOptions.Growth"/> apart.
    /// </summary>
    private static TimeSpan Climb(TimeSpan age, TimeSpan? notBefore, EmailCheckOptions options)
    {
        var delay = Max(age * (options.Growth - 1), options.FirstDelay);
        return Min(Max(delay, notBefore ?? TimeSpan.Zero), options.MaximumDelay);
    }

    private static TimeSpan Soon(TimeSpan age, EmailCheckOptions options) =>
        Min(Max(age * Quarter, options.MissingInterval), Max(options.VerifiedInterval, options.MissingInterval));

    private static bool IsComingBack(StoredIdentity identity) =>
        identity.Records.Any(record => record.Hits > 0 && IdentityLifecycle.IsRequired(identity, record));

    private static DateTimeOffset? MissingSince(StoredIdentity identity) =>
        identity.Records.Where(record => IdentityLifecycle.IsRequired(identity, record)).Min(record => record.MissingSince);

    private static DateTimeOffset? Earlier(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right < left ? right ?? left : left;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
