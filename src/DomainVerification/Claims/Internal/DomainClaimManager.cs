using DomainVerification.Challenges.Internal;
using DomainVerification.Diagnostics;
using DomainVerification.Identities.Internal;
using DomainVerification.Limits.Internal;
using DomainVerification.Names.Internal;
using DomainVerification.Options.Internal;
using DomainVerification.Proofs.Internal;
using DomainVerification.Transfers.Internal;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Claims.Internal;

/// <summary>
/// The facade: reads, decides by <see cref="ClaimLifecycle"/>, commits, and tries again where somebody else was faster. The other parts of
/// the class hold the requests, the proofs and the holdings.
/// </summary>
internal sealed partial class DomainClaimManager(
    IClaimStore store,
    ITokenIssuer issuer,
    ChallengeIssuer challenges,
    ProofCheckerSelector checkers,
    DomainNamePolicy names,
    ProfileRegistry profiles,
    ProvisionerRegistry provisioners,
    TransferJudge judge,
    ClaimContenders contenders,
    OpenUndoing undoing,
    ClaimCommits commits,
    EndedProvisions endedProvisions,
    ProvisioningWait waits,
    IProofCheckLimiter limiter,
    PendingClaims pending,
    TimeProvider time,
    ILogger<DomainClaimManager> logger) : IDomainClaimManager
{
    /// <summary>
    /// Under contention somebody commits in every round, so this bound is met only by a caller with very bad luck; it gets a
    /// <c>version_conflict</c>.
    /// </summary>
    private const int MaximumRounds = 32;

    /// <summary>Nobody waits longer than this in one call: <see cref="WaitForProvisioningAsync"/> can be called again.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromHours(1);

    /// <summary>
    /// One round of an operation: what to answer, or <see langword="null"/> to read again because somebody else was faster.
    /// </summary>
    private delegate Task<ClaimResult?> Round(DomainClaim claim, CancellationToken cancellationToken);

    public Task<ClaimResult> CancelAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken) =>
        ApplyAsync(claim, new ClaimCommand.Cancel(), options, cancellationToken);

    public Task<ClaimResult> UnverifyAsync(ClaimReference claim, ClaimActionOptions? options, CancellationToken cancellationToken) =>
        ApplyAsync(claim, new ClaimCommand.Unverify(), options, cancellationToken);

    /// <summary>Applies a command that needs nothing but the claim.</summary>
    private Task<ClaimResult> ApplyAsync(
        ClaimReference reference,
        ClaimCommand command,
        ClaimActionOptions? options,
        CancellationToken cancellationToken)
    {
        var actor = Actor(reference, options);
        return RunAsync(
            reference,
            options,
            (claim, token) => CommitAsync(ClaimLifecycle.Apply(claim, command, actor, time.GetUtcNow()), claim, token),
            cancellationToken);
    }

    /// <summary>Reads the claim and runs rounds on it until one has an answer.</summary>
    private async Task<ClaimResult> RunAsync(
        ClaimReference reference,
        ClaimActionOptions? options,
        Round round,
        CancellationToken cancellationToken)
    {
        var expected = options?.ExpectedVersion;
        for (var i = 0; i < MaximumRounds; i++)
        {
            var (claim, error) = await FindAsync(reference, cancellationToken).ConfigureAwait(false);
            if (claim is null)
            {
                return ClaimResult.Failed(ClaimResultStatus.NotFound, error ?? ClaimRefusals.NotFound);
            }

            if (expected is not null && expected != claim.Version)
            {
                return ClaimResult.Failed(ClaimResultStatus.Conflict, ClaimRefusals.VersionConflict, claim);
            }

            if (HasRunOut(claim))
            {
                // The caller has seen the claim as it was; that its time is over is the better answer than that it changed.
                var expired = await ExpireAsync(claim, cancellationToken).ConfigureAwait(false);
                expected = expired is null ? expected : null;
            }
            else if (await round(claim, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        return ClaimResult.Failed(ClaimResultStatus.Conflict, ClaimRefusals.VersionConflict);
    }

    /// <summary>Finds a claim for its owner. A domain that cannot be read names no claim; its error says why.</summary>
    private async Task<(DomainClaim? Claim, DomainVerificationError? Error)> FindAsync(
        ClaimReference reference,
        CancellationToken cancellationToken)
    {
        if (reference.Id is { } id)
        {
            var found = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
            return (string.Equals(found?.Owner, reference.Owner, StringComparison.Ordinal) ? found : null, null);
        }

        if (profiles.Find(reference.Profile) is not { } profile)
        {
            return (null, ProfileRegistry.Unknown(reference.Profile));
        }

        if (!DomainName.TryParse(reference.Domain, out var domain, out var error))
        {
            return (null, error);
        }

        var subject = names.Subject(profile, domain);
        return (await store.FindNewestAsync(reference.Profile, reference.Owner, subject, cancellationToken).ConfigureAwait(false), null);
    }

    /// <summary>Commits what the lifecycle decided; <see langword="null"/> where somebody else was faster.</summary>
    private Task<ClaimResult?> CommitAsync(LifecycleResult decided, DomainClaim before, CancellationToken cancellationToken) =>
        CommitAsync([decided], decided, before, cancellationToken);

    /// <summary>Commits several decisions, of which one is answered.</summary>
    /// <param name="decided">The decisions, in their order.</param>
    /// <param name="answer">The one to answer with.</param>
    /// <param name="before">The claim whose failed provision the decisions may end.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    private async Task<ClaimResult?> CommitAsync(
        IReadOnlyList<LifecycleResult> decided,
        LifecycleResult answer,
        DomainClaim before,
        CancellationToken cancellationToken)
    {
        if (answer.Error is { } refusal)
        {
            return ClaimResult.Refused(refusal, before);
        }

        if (decided.Any(item => item.Error is not null))
        {
            return null;
        }

        var after = decided.First(item => item.Claim!.Id == before.Id);
        var commit = commits.Of(decided) with
        {
            Settled = await endedProvisions.FindAsync(before, after.Claim!, cancellationToken).ConfigureAwait(false),
        };
        if (!await commits.TryWriteAsync(commit, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        DomainVerificationDiagnostics.Record(logger, commit.Events);
        return ClaimResult.Done(answer.Claim!);
    }

    private bool HasRunOut(DomainClaim claim) =>
        claim.Status == ClaimStatus.Pending && claim.Challenge.ExpiresAt <= time.GetUtcNow();

    /// <summary>Lets a claim expire; who loses the race reads again anyway.</summary>
    private Task<ClaimResult?> ExpireAsync(DomainClaim claim, CancellationToken cancellationToken) =>
        CommitAsync(
            ClaimLifecycle.Apply(claim, new ClaimCommand.Expire(), ClaimActor.System, time.GetUtcNow()),
            claim,
            cancellationToken);

    private static ClaimActor Actor(ClaimReference reference, ClaimActionOptions? options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return options?.Actor ?? ClaimActor.User(reference.Owner);
    }
}
