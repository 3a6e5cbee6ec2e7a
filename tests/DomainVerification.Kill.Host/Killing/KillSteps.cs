namespace DomainVerification.Kill.Host.Killing;

/// <summary>The names of the steps that a process can die at.</summary>
internal static class KillSteps
{
    internal const string BeforeLeaseOfWork = "before-lease-of-work";
    internal const string AfterLeaseOfWork = "after-lease-of-work";
    internal const string BeforeLeaseOfClaims = "before-lease-of-claims";
    internal const string AfterLeaseOfClaims = "after-lease-of-claims";
    internal const string BeforeCheck = "before-check";
    internal const string AfterCheck = "after-check";
    internal const string BeforeProvision = "before-provision";
    internal const string AmidProvision = "amid-provision";
    internal const string AfterProvision = "after-provision";
    internal const string BeforeRemoval = "before-removal";
    internal const string AmidRemoval = "amid-removal";
    internal const string AfterRemoval = "after-removal";
    internal const string BeforeNotice = "before-notice";
    internal const string AfterNotice = "after-notice";

    internal static IReadOnlyList<string> All { get; } =
    [
        .. Enum.GetValues<CommitKind>().SelectMany(kind => (string[])[Before(kind), Amid(kind), After(kind)]),
        BeforeLeaseOfWork,
        AfterLeaseOfWork,
        BeforeLeaseOfClaims,
        AfterLeaseOfClaims,
        BeforeCheck,
        AfterCheck,
        BeforeProvision,
        AmidProvision,
        AfterProvision,
        BeforeRemoval,
        AmidRemoval,
        AfterRemoval,
        BeforeNotice,
        AfterNotice,
    ];

    internal static string Before(CommitKind kind) => $"before-commit-of-{kind}";

    internal static string Amid(CommitKind kind) => $"amid-commit-of-{kind}";

    internal static string After(CommitKind kind) => $"after-commit-of-{kind}";
}

/// <summary>What a commit is for.</summary>
internal enum CommitKind
{
    Request,
    Proof,
    Holding,
    Takeover,
    ApprovedTakeover,
    Unclaiming,
    OpenReview,
    Approval,
    Undo,
    Advance,
    Settlement,
    NoticeSettlement,
    Change,
}
