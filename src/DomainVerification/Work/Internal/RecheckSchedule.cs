namespace DomainVerification.Work.Internal;

/// <summary>When the worker looks at a pending claim: the rungs of the back-off ladder, and the end of its challenge.</summary>
internal static class RecheckSchedule
{
    /// <summary>When a claim with a fresh challenge is due.</summary>
    public static DateTimeOffset? First(DomainVerificationOptions profile, Challenge challenge) =>
        profile.Recheck.Start == RecheckStart.Immediately
            ? Next(profile, challenge, 0, challenge.IssuedAt, null)
            : challenge.ExpiresAt;

    /// <summary>When a claim is due after a check, so many re-checks having been made.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="challenge">The challenge that waits for its proof.</param>
    /// <param name="rechecks">How many re-checks the worker has made.</param>
    /// <param name="now">When the check ended.</param>
    /// <param name="notBefore">
    /// How long resolvers may go on denying the record; an earlier look would only see the denial again, and may renew it.
    /// </param>
    public static DateTimeOffset? Next(
        DomainVerificationOptions profile,
        Challenge challenge,
        int rechecks,
        DateTimeOffset now,
        TimeSpan? notBefore)
    {
        if (rechecks >= profile.Recheck.MaximumTries)
        {
            return challenge.ExpiresAt;
        }

        var delay = Delay(profile.Recheck, rechecks);
        return After(profile, challenge, now, notBefore > delay ? notBefore.Value : delay);
    }

    /// <summary>
    /// When a claim is due after a check that could not be answered. It stays on its rung, and the pause grows with the age of the
    /// challenge as if it had climbed: a zone that stays broken is asked no more often than one that stays silent.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="challenge">The challenge that waits for its proof.</param>
    /// <param name="rechecks">How many re-checks the worker has made.</param>
    /// <param name="now">When the check ended.</param>
    public static DateTimeOffset? Again(DomainVerificationOptions profile, Challenge challenge, int rechecks, DateTimeOffset now)
    {
        var climbed = profile.Recheck.FirstDelay + ((now - challenge.IssuedAt) * (profile.Recheck.Growth - 1));
        return Next(profile, challenge, rechecks, now, climbed);
    }

    /// <summary>The delay before a re-check, counted from 0.</summary>
    public static TimeSpan Delay(RecheckOptions options, int number)
    {
        var delay = options.FirstDelay.TotalSeconds * Math.Pow(options.Growth, number);
        return delay < options.MaximumDelay.TotalSeconds ? TimeSpan.FromSeconds(delay) : options.MaximumDelay;
    }

    private static DateTimeOffset? After(DomainVerificationOptions profile, Challenge challenge, DateTimeOffset now, TimeSpan pause)
    {
        var next = now + (pause < profile.Recheck.MaximumDelay ? pause : profile.Recheck.MaximumDelay);
        return next < challenge.ExpiresAt ? next : challenge.ExpiresAt;
    }
}
