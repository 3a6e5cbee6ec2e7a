using DomainVerification.Challenges.Internal;
using DomainVerification.Diagnostics;
using DomainVerification.Options.Internal;
using DomainVerification.Work.Internal;

namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    public async Task<ClaimResult> RequestAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        HostIdentifier.Require(request.Owner, nameof(request));
        ArgumentNullException.ThrowIfNull(request.Profile, nameof(request));
        request = request with { Properties = ClaimProperties.Require(request.Properties, nameof(request)) };
        if (profiles.Find(request.Profile) is not { } profile)
        {
            return ClaimResult.Refused(ProfileRegistry.Unknown(request.Profile));
        }

        if (!DomainName.TryParse(request.Domain, out var typed, out var error))
        {
            return ClaimResult.Refused(error);
        }

        if ((names.Check(profile, typed) ?? CheckMethod(profile, request.Method)) is { } refusal)
        {
            return ClaimResult.Refused(refusal);
        }

        var domain = names.Subject(profile, typed);
        for (var i = 0; i < MaximumRounds; i++)
        {
            if (await RequestOnceAsync(request, profile, domain, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        return ClaimResult.Failed(ClaimResultStatus.Conflict, ClaimRefusals.VersionConflict);
    }

    public Task<ClaimResult> RotateTokenAsync(
        ClaimReference claim,
        ProofMethod? method,
        ClaimActionOptions? options,
        CancellationToken cancellationToken)
    {
        var actor = Actor(claim, options);
        return RunAsync(claim, options, (found, token) => RotateOnceAsync(found, method, actor, token), cancellationToken);
    }

    private async Task<ClaimResult?> RequestOnceAsync(
        ClaimRequest request,
        DomainVerificationOptions profile,
        DomainName domain,
        CancellationToken cancellationToken)
    {
        var newest = await store.FindNewestAsync(request.Profile, request.Owner, domain, cancellationToken).ConfigureAwait(false);
        var live = newest is { Status.IsLive: true } && !HasRunOut(newest) ? newest : null;
        var refusal = await RefuseHeldAsync(request, profile, domain, live, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return ClaimResult.Refused(refusal, live);
        }

        if (live is not null)
        {
            return await AnswerLiveAsync(live, request, profile, cancellationToken).ConfigureAwait(false);
        }

        var now = time.GetUtcNow();
        if (await pending.RefuseAsync(request.Profile, request.Owner, profile, now, cancellationToken).ConfigureAwait(false) is { } full)
        {
            return ClaimResult.Refused(full);
        }

        var context = new TokenContext(request.Profile, request.Owner, domain, (newest?.Challenge.Generation ?? 0) + 1);
        var method = request.Method ?? Methods(profile)[0];
        var (challenge, token, error) = await challenges
            .IssueAsync(profile, context, method, null, now, cancellationToken).ConfigureAwait(false);
        if (challenge is null)
        {
            return ClaimResult.Refused(error!);
        }

        var claim = NewClaim(request, profile, domain, challenge, newest, now);
        var begun = ClaimLifecycle.Begin(claim);
        var commit = newest is { Status.IsLive: true }
            ? commits.Of(ClaimLifecycle.Apply(newest, new ClaimCommand.Expire(), ClaimActor.System, now), begun)
            : commits.Of(begun);
        if (!await commits.TryWriteAsync(commit, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        DomainVerificationDiagnostics.Record(logger, commit.Events);
        return ClaimResult.Done(claim) with { Instructions = InstructionWriter.Write(claim, names.Zone(domain), token) };
    }

    /// <summary>Refuses a request for a domain that another owner holds, where the request or its profile wants that.</summary>
    private async Task<DomainVerificationError?> RefuseHeldAsync(
        ClaimRequest request,
        DomainVerificationOptions profile,
        DomainName domain,
        DomainClaim? live,
        CancellationToken cancellationToken)
    {
        var isRefused = request.RefuseHeld || (RefusesRequests(profile) && live is null);
        if (!isRefused || profile.Exclusivity != DomainExclusivity.OneHolder || live is { Status.Holds: true })
        {
            return null;
        }

        var holding = await store.FindHoldingAsync(request.Profile, domain, cancellationToken).ConfigureAwait(false);
        if (holding.Holder is not { } holder || string.Equals(holder.Owner, request.Owner, StringComparison.Ordinal))
        {
            return null;
        }

        return profile.Takeover == TakeoverRule.ByProof ? ClaimRefusals.DomainTaken : ClaimRefusals.DomainHeld;
    }

    private async Task<ClaimResult?> AnswerLiveAsync(
        DomainClaim claim,
        ClaimRequest request,
        DomainVerificationOptions profile,
        CancellationToken cancellationToken)
    {
        if (claim.Status == ClaimStatus.Pending && request.Method is { } wanted && wanted != claim.Challenge.Record.Method)
        {
            return request.ChangeMethod
                ? await ChangeMethodAsync(claim, wanted, request, profile, cancellationToken).ConfigureAwait(false)
                : ClaimResult.Refused(ClaimRefusals.MethodDiffers, claim);
        }

        return await WithInstructionsAsync(ClaimResult.Unchanged(claim), claim, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves a pending claim to another method; its token, which may be published already, stays what it is.</summary>
    private async Task<ClaimResult?> ChangeMethodAsync(
        DomainClaim claim,
        ProofMethod method,
        ClaimRequest request,
        DomainVerificationOptions profile,
        CancellationToken cancellationToken)
    {
        var context = new TokenContext(claim.Profile, claim.Owner, claim.Domain, claim.Challenge.Generation);
        if (await issuer.RevealAsync(claim.Challenge.Token, context, cancellationToken).ConfigureAwait(false) is not { } token)
        {
            return ClaimResult.Refused(ClaimRefusals.MethodDiffers, claim);
        }

        var (record, error) = challenges.Move(profile, claim.Challenge, context, method, token);
        if (record is null)
        {
            return ClaimResult.Refused(error!, claim);
        }

        var actor = request.Actor ?? ClaimActor.User(request.Owner);
        var changed = ClaimLifecycle.Apply(claim, new ClaimCommand.ChangeMethod(record), actor, time.GetUtcNow());
        var result = await CommitAsync(changed, claim, cancellationToken).ConfigureAwait(false);
        return result is { Error: null, Claim: { } moved }
            ? result with { Instructions = InstructionWriter.Write(moved, names.Zone(moved.Domain), token) }
            : result;
    }

    private async Task<ClaimResult?> RotateOnceAsync(
        DomainClaim claim,
        ProofMethod? method,
        ClaimActor actor,
        CancellationToken cancellationToken)
    {
        if (!claim.Status.IsLive)
        {
            return ClaimResult.Refused(ClaimRefusals.Of(claim.Status, ClaimAction.Rotate), claim);
        }

        if (profiles.Find(claim.Profile) is not { } profile)
        {
            return ClaimResult.Refused(ProfileRegistry.Unknown(claim.Profile), claim);
        }

        if (CheckMethod(profile, method) is { } refusal)
        {
            return ClaimResult.Refused(refusal, claim);
        }

        var now = time.GetUtcNow();
        var record = claim.Challenge.Record;
        var context = new TokenContext(claim.Profile, claim.Owner, claim.Domain, claim.Challenge.Generation + 1);
        var (challenge, token, error) =
            await challenges.IssueAsync(profile, context, method ?? record.Method, record.DelegatedName, now, cancellationToken)
                .ConfigureAwait(false);
        if (challenge is null)
        {
            return ClaimResult.Refused(error!, claim);
        }

        var command = new ClaimCommand.Rotate(challenge, RecheckSchedule.First(profile, challenge));
        var decided = ClaimLifecycle.Apply(claim, command, actor, now);
        var result = await CommitAsync(decided, claim, cancellationToken).ConfigureAwait(false);
        return result is { Error: null, Claim: { } rotated }
            ? result with { Instructions = InstructionWriter.Write(rotated, names.Zone(rotated.Domain), token) }
            : result;
    }

    private DomainClaim NewClaim(
        ClaimRequest request,
        DomainVerificationOptions profile,
        DomainName domain,
        Challenge challenge,
        DomainClaim? former,
        DateTimeOffset now)
    {
        var actor = request.Actor ?? ClaimActor.User(request.Owner);
        return new DomainClaim
        {
            Id = ClaimId.New(time),
            Profile = request.Profile,
            Owner = request.Owner,
            Domain = domain,
            Status = ClaimStatus.Pending,
            Exclusivity = profile.Exclusivity,
            Challenge = challenge,
            SpentTokens = former is null ? [] : ClaimChange.Spend(former),
            DueAt = RecheckSchedule.First(profile, challenge),
            Properties = request.Properties,
            Version = 1,
            CreatedAt = now,
            CreatedBy = actor,
            ModifiedAt = now,
            ModifiedBy = actor,
        };
    }

    private static bool RefusesRequests(DomainVerificationOptions profile) =>
        profile.Takeover is TakeoverRule.RefuseRequests or TakeoverRule.RefuseProofs;

    private static IList<ProofMethod> Methods(DomainVerificationOptions profile) =>
        profile.Methods.Count == 0 ? [ProofMethod.DnsTxt] : profile.Methods;

    private static DomainVerificationError? CheckMethod(DomainVerificationOptions profile, ProofMethod? method) =>
        method is { } wanted && !Methods(profile).Contains(wanted)
            ? new DomainVerificationError(
                DomainVerificationErrorCodes.MethodNotAllowed,
                $"A proof by {wanted} is not offered here. Use one of: {string.Join(", ", Methods(profile).Distinct())}.")
            : null;
}
