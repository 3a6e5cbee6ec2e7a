using DomainVerification.Email.Diagnostics;
using DomainVerification.Email.Status.Internal;

namespace DomainVerification.Email.Identities.Internal;

internal sealed partial class SendingIdentities
{
    private const int MaximumReason = 256;

    /// <summary>Each key that retires is looked for and kept, so that their number needs a bound.</summary>
    private const int MaximumRetiring = 4;

    public async Task<SendingIdentityResult> RotateKeyAsync(
        ClaimReference claim,
        string identityId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        var present = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        if (present.Identity(identityId) is not { } found)
        {
            return NotFound(present);
        }

        if (WhyNoRotation(found) is { } refusal)
        {
            return SendingIdentityResult.Failed(ClaimResultStatus.Refused, refusal);
        }

        // Made before the write, so that no lock is held meanwhile; a key that then cannot be used was never seen by anybody.
        var selector = SelectorFor(found);
        var holder = present.Claim!;
        var key = await keys.CreateAsync(present.Record!.Key, selector, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var firstDelay = options.Get(holder.Profile).Checks.FirstDelay;
        var result = await ChangeAsync(present, identityId, Rotate, cancellationToken).ConfigureAwait(false);
        if (result.Status == ClaimResultStatus.Done)
        {
            EmailDiagnostics.Log.RotationStarted(logger, identityId, holder.Domain, selector);
        }

        return result;

        (StoredIdentity Changed, DomainVerificationError? Error) Rotate(StoredIdentity identity)
        {
            if ((WhyNoRotation(identity) ?? (Accepts(identity, selector) ? null : Refusals.RotationUnderWay)) is { } late)
            {
                return (identity, late);
            }

            var rotated = SelectorLifecycle.Rotate(identity, holder.Domain, selector, key, now);
            return (rotated with { NextCheckAt = Sooner(identity, now + firstDelay) }, null);
        }
    }

    public async Task<SendingIdentityResult> CancelRotationAsync(
        ClaimReference claim,
        string identityId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        var now = time.GetUtcNow();
        return await ChangeAsync(
            await FindAsync(claim, cancellationToken).ConfigureAwait(false),
            identityId,
            identity => IsRotating(identity) ? (SelectorLifecycle.Cancel(identity, now), null) : (identity, Refusals.NoRotation),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<SendingIdentityResult> SuspendAsync(
        ClaimReference claim,
        string identityId,
        string reason,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        RequireReason(reason);
        var suspension = new SendingSuspension(reason, time.GetUtcNow());
        return await ChangeAsync(
            await FindAsync(claim, cancellationToken).ConfigureAwait(false),
            identityId,
            identity => identity.Suspension?.Reason == reason
                ? (identity, null)
                : (identity with { Suspension = suspension with { At = identity.Suspension?.At ?? suspension.At } }, null),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<SendingIdentityResult> ResumeAsync(ClaimReference claim, string identityId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        return await ChangeAsync(
            await FindAsync(claim, cancellationToken).ConfigureAwait(false),
            identityId,
            identity => (identity.Suspension is null ? identity : identity with { Suspension = null }, null),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes one identity. A change that gives back what it got, or an error, leaves everything as it is.</summary>
    private async Task<SendingIdentityResult> ChangeAsync(
        Present present,
        string identityId,
        Func<StoredIdentity, (StoredIdentity Changed, DomainVerificationError? Error)> change,
        CancellationToken cancellationToken)
    {
        if (present.Identity(identityId) is null)
        {
            return NotFound(present);
        }

        DomainVerificationError? error = null;
        var done = await holdings.ChangeAsync(
            present.Record!.Key,
            before =>
            {
                var identity = before.Identities.First(identity => identity.Id == identityId);
                (var changed, error) = change(identity);
                return error is not null || ReferenceEquals(changed, identity)
                    ? null
                    : before with { Identities = [.. before.Identities.Select(other => other.Id == identityId ? changed : other)] };
            },
            cancellationToken).ConfigureAwait(false);
        if (done is null)
        {
            return NotFound(present);
        }

        if (error is not null)
        {
            return SendingIdentityResult.Failed(ClaimResultStatus.Refused, error);
        }

        EmailDiagnostics.RecordMoves(logger, done);
        IReadOnlyList<SendingIdentity> view =
            [IdentityView.Of(present.Claim!, done.After.Identities.First(identity => identity.Id == identityId))];
        return ReferenceEquals(done.Before, done.After) ? SendingIdentityResult.Unchanged(view) : SendingIdentityResult.Done(view);
    }

    private static bool IsRotating(StoredIdentity identity) =>
        identity.Selectors.Any(selector => selector.State == DkimSelectorState.Next);

    private static DomainVerificationError? WhyNoRotation(StoredIdentity identity) =>
        IsRotating(identity) ? Refusals.RotationUnderWay
        : identity.Selectors.Count(selector => selector.State == DkimSelectorState.Retiring) >= MaximumRetiring ? Refusals.TooManyKeys
        : null;

    private static string SelectorFor(StoredIdentity identity) =>
        identity.Selectors.FirstOrDefault(selector => selector.State == DkimSelectorState.Spare)?.Name
        ?? IdentityNames.NextSelector(identity.Selectors.First(selector => selector.State == DkimSelectorState.Active).Name);

    /// <summary>Whether a key that was made for a selector can still stand there.</summary>
    private static bool Accepts(StoredIdentity identity, string selector) =>
        identity.Selectors.All(other => other.Name != selector || other.State == DkimSelectorState.Spare);

    /// <summary>A rotation is looked after by the worker where the worker looks after the identity at all.</summary>
    private static DateTimeOffset? Sooner(StoredIdentity identity, DateTimeOffset at) =>
        identity.NextCheckAt is { } next ? (next < at ? next : at) : null;

    private static void RequireReason(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (reason.Length > MaximumReason || reason.Contains('\0', StringComparison.Ordinal) || !IsWellFormed(reason))
        {
            throw new ArgumentException(
                $"A reason is 1 to {MaximumReason} characters of well-formed UTF-16 without U+0000.",
                nameof(reason));
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
