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
        if (newest is { Status.IsLive: true } && !HasRunOut(newest))
        {
            return await AnswerLiveAsync(newest, request.Method, cancellationToken).ConfigureAwait(false);
        }

        if (profile.Takeover == TakeoverRule.RefuseRequests && profile.Exclusivity == DomainExclusivity.OneHolder)
        {
            var holding = await store.FindHoldingAsync(request.Profile, domain, cancellationToken).ConfigureAwait(false);
            if (holding.Holder is not null)
            {
                return ClaimResult.Refused(ClaimRefusals.DomainHeld);
            }
        }

        var now = time.GetUtcNow();
        var context = new TokenContext(request.Profile, request.Owner, domain, (newest?.Challenge.Generation ?? 0) + 1);
        var method = request.Method ?? Methods(profile)[0];
        var (challenge, token, error) = await IssueAsync(profile, context, method, null, now, cancellationToken).ConfigureAwait(false);
        if (challenge is null)
        {
            return ClaimResult.Refused(error!);
        }

        var claim = NewClaim(request, profile, domain, challenge, newest, now);
        var commit = new ClaimCommit { Claims = [claim], Events = [ClaimLifecycle.Requested(claim)] };
        if (newest is { Status.IsLive: true })
        {
            var expired = ClaimLifecycle.Apply(newest, new ClaimCommand.Expire(), ClaimActor.System, now);
            commit = new ClaimCommit { Claims = [expired.Claim!, claim], Events = [expired.Event!, .. commit.Events] };
        }

        if (await store.CommitAsync(commit, cancellationToken).ConfigureAwait(false) != ClaimCommitStatus.Committed)
        {
            return null;
        }

        DomainVerificationDiagnostics.Record(logger, commit.Events);
        return ClaimResult.Done(claim) with { Instructions = InstructionWriter.Write(claim, names.Zone(domain), token) };
    }

    private async Task<ClaimResult> AnswerLiveAsync(DomainClaim claim, ProofMethod? method, CancellationToken cancellationToken)
    {
        if (claim.Status == ClaimStatus.Pending && method is { } wanted && wanted != claim.Challenge.Record.Method)
        {
            return ClaimResult.Refused(ClaimRefusals.MethodDiffers, claim);
        }

        return await WithInstructionsAsync(ClaimResult.Unchanged(claim), claim, cancellationToken).ConfigureAwait(false);
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
            await IssueAsync(profile, context, method ?? record.Method, record.DelegatedName, now, cancellationToken).ConfigureAwait(false);
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

    private async Task<(Challenge? Challenge, string Token, DomainVerificationError? Error)> IssueAsync(
        DomainVerificationOptions profile,
        TokenContext context,
        ProofMethod method,
        string? delegatedName,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var issued = await issuer.IssueAsync(context, cancellationToken).ConfigureAwait(false);
        var expiresAt = now + profile.ChallengeLifetime;
        var record = ChallengeFactory.Create(profile, context, names.Zone(context.Domain), method, expiresAt, delegatedName);
        if (ChallengeFactory.Check(record, issued.Value) is { } error)
        {
            return (null, string.Empty, error);
        }

        var challenge = new Challenge
        {
            Record = record,
            Token = issued.Stored,
            Generation = context.Generation,
            IssuedAt = now,
            ExpiresAt = expiresAt,
        };
        return (challenge, issued.Value, null);
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
            SpentTokens = former is null ? [] : ClaimLifecycle.Spend(former),
            DueAt = RecheckSchedule.First(profile, challenge),
            Properties = request.Properties,
            Version = 1,
            CreatedAt = now,
            CreatedBy = actor,
            ModifiedAt = now,
            ModifiedBy = actor,
        };
    }

    private static IList<ProofMethod> Methods(DomainVerificationOptions profile) =>
        profile.Methods.Count == 0 ? [ProofMethod.DnsTxt] : profile.Methods;

    private static DomainVerificationError? CheckMethod(DomainVerificationOptions profile, ProofMethod? method) =>
        method is { } wanted && !Methods(profile).Contains(wanted)
            ? new DomainVerificationError(
                DomainVerificationErrorCodes.MethodNotAllowed,
                $"A proof by {wanted} is not offered here. Use one of: {string.Join(", ", Methods(profile).Distinct())}.")
            : null;
}
