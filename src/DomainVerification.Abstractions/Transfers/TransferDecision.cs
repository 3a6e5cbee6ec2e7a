using DomainVerification.Claims.Internal;

namespace DomainVerification;

/// <summary>What a policy can answer, from the mildest to the strictest.</summary>
public enum TransferOutcome
{
    /// <summary>The holder is released, and the claimant holds the domain.</summary>
    Allow,

    /// <summary>The holder's own proof is looked for once more: the domain is taken over only where it is not published any more.</summary>
    Reprove,

    /// <summary>A person decides.</summary>
    Review,

    /// <summary>The claimant waits, and is asked about again at an instant.</summary>
    Wait,

    /// <summary>The holder keeps the domain.</summary>
    Refuse,
}

/// <summary>The answer of a policy.</summary>
public sealed record TransferDecision
{
    /// <summary>The length of the longest reason, in characters.</summary>
    public const int MaximumReasonLength = 64;

    /// <summary>The longest time that a holder can be given to prove again: 365 days.</summary>
    public static readonly TimeSpan MaximumWithin = TimeSpan.FromDays(365);

    private TransferDecision(TransferOutcome outcome, string? reason)
    {
        Outcome = outcome;
        Reason = reason;
    }

    /// <summary>What happens.</summary>
    public TransferOutcome Outcome { get; }

    /// <summary>
    /// Why: one of <see cref="TransferReasons"/> or a code of the host's own. The claimant sees it. <see langword="null"/> where the
    /// takeover is allowed.
    /// </summary>
    public string? Reason { get; }

    /// <summary>For <see cref="TransferOutcome.Wait"/>: when to ask again, UTC.</summary>
    public DateTimeOffset? Until { get; private init; }

    /// <summary>
    /// For <see cref="TransferOutcome.Reprove"/>: how long the holder has, from when it is told that it is asked for that, to publish its
    /// record again before its absence counts: at most <see cref="MaximumWithin"/>. Zero looks at once and only once.
    /// </summary>
    public TimeSpan Within { get; private init; }

    /// <summary>The holder gives way.</summary>
    public static TransferDecision Allow { get; } = new(TransferOutcome.Allow, null);

    /// <summary>The holder's proof is looked for afresh. One that still proves makes the case a review.</summary>
    /// <param name="reason">Why; see <see cref="Reason"/>.</param>
    /// <param name="within">How long the holder has; see <see cref="Within"/>.</param>
    /// <exception cref="ArgumentException">The reason is no code.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or above <see cref="MaximumWithin"/>.</exception>
    public static TransferDecision Reprove(string reason, TimeSpan within = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(within, MaximumWithin);
        return new(TransferOutcome.Reprove, Require(reason)) { Within = within };
    }

    /// <summary>A person decides.</summary>
    /// <param name="reason">Why; see <see cref="Reason"/>.</param>
    /// <exception cref="ArgumentException">The reason is no code.</exception>
    public static TransferDecision Review(string reason) => new(TransferOutcome.Review, Require(reason));

    /// <summary>The claimant waits.</summary>
    /// <param name="until">When to ask again, UTC. An instant that has passed is the same as <see cref="Allow"/>.</param>
    /// <param name="reason">Why; see <see cref="Reason"/>.</param>
    /// <exception cref="ArgumentException">The reason is no code.</exception>
    public static TransferDecision WaitUntil(DateTimeOffset until, string reason) =>
        new(TransferOutcome.Wait, Require(reason)) { Until = until };

    /// <summary>The holder keeps the domain.</summary>
    /// <param name="reason">Why; see <see cref="Reason"/>.</param>
    /// <exception cref="ArgumentException">The reason is no code.</exception>
    public static TransferDecision Refuse(string reason) => new(TransferOutcome.Refuse, Require(reason));

    private static string Require(string reason)
    {
        HostIdentifier.Require(reason);
        return reason.Length <= MaximumReasonLength && reason.All(IsOfACode)
            ? reason
            : throw new ArgumentException(
                $"A reason is 1 to {MaximumReasonLength} lower-case letters, digits and underscores.", nameof(reason));
    }

    private static bool IsOfACode(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_';
}


/// <summary>The reasons that the SDK's own policies give. Hosts add their own.</summary>
public static class TransferReasons
{
    /// <summary>The holder used the domain a short while ago.</summary>
    public const string RecentActivity = "recent_activity";

    /// <summary>The holder has work under way with the domain, such as scheduled mail.</summary>
    public const string PendingWork = "pending_work";

    /// <summary>The holder came to hold the domain a short while ago.</summary>
    public const string GracePeriod = "grace_period";

    /// <summary>The holder is asked whether it still controls the domain.</summary>
    public const string IncumbentReproof = "incumbent_reproof";

    /// <summary>The holder's own proof is still published.</summary>
    public const string IncumbentProves = "incumbent_proves";

    /// <summary>The holder's proof could not be looked for; it never loses the domain for that.</summary>
    public const string IncumbentUnknown = "incumbent_unknown";

    /// <summary>The domain was given back to the holder a short while ago.</summary>
    public const string Restored = "restored";

    /// <summary>The holder took the domain over itself a short while ago, which can still be undone.</summary>
    public const string CoolingOff = "cooling_off";
}
