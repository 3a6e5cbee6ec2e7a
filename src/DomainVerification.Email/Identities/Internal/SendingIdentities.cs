using System.Security.Cryptography;
using DomainVerification.Email.Checks.Internal;
using DomainVerification.Email.Diagnostics;
using DomainVerification.Email.Keys.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Identities.Internal;

/// <summary>The calls that read, look and give keys; the other part has those that change.</summary>
internal sealed partial class SendingIdentities(
    IDomainClaimManager claims,
    Holdings holdings,
    HoldingChecker checker,
    DkimKeys keys,
    IDnsPlanner planner,
    IOptionsMonitor<EmailIdentityOptions> options,
    TimeProvider time,
    ILogger<SendingIdentities> logger) : ISendingIdentities
{
    public async Task<SendingIdentityResult> ListAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        var present = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        return present.Claim is null ? NotFound(present) : SendingIdentityResult.Unchanged(View(present.Claim, present.Holding));
    }

    public async Task<SendingIdentityResult> GetAsync(ClaimReference claim, string identityId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        var present = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        return present.Identity(identityId) is { } identity
            ? SendingIdentityResult.Unchanged([IdentityView.Of(present.Claim!, identity)])
            : NotFound(present);
    }

    public async Task<SendingIdentityResult> VerifyAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        var present = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        if (present is not { Claim: { } holder, Record: { } record })
        {
            return NotFound(present);
        }

        var looked = await checker.CheckAsync(record, isAsked: true, cancellationToken).ConfigureAwait(false);
        return looked is null ? NotFound(present) : SendingIdentityResult.Done(View(holder, looked));
    }

    public async Task<IReadOnlyList<HostKeyRecord>> ListHostRecordsAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        var present = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        return [.. (present.Holding?.Identities ?? []).SelectMany(IdentityView.HostRecordsOf)];
    }

    public async Task<SigningKeyResult> GetSigningKeyAsync(
        ClaimReference claim,
        string identityId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(identityId);
        var present = await FindAsync(claim, cancellationToken).ConfigureAwait(false);
        if (present.Identity(identityId) is not { } identity)
        {
            return new SigningKeyResult(ClaimResultStatus.NotFound, error: present.Error ?? Refusals.NotFound);
        }

        if (Refusals.OfSigning(IdentityView.StatusOf(identity)) is { } refusal)
        {
            return new SigningKeyResult(ClaimResultStatus.Refused, error: refusal);
        }

        var domain = present.Claim!.Domain;
        var active = identity.Selectors.First(selector => selector.State == DkimSelectorState.Active);
        try
        {
            var plain = await keys.OpenAsync(present.Record!.Key, active.Name, active.Key!, cancellationToken).ConfigureAwait(false);
            return new SigningKeyResult(ClaimResultStatus.Done, new SigningKey(identity.Id, domain, active.Name, plain));
        }
        catch (CryptographicException unreadable)
        {
            EmailDiagnostics.Log.KeyUnreadable(logger, unreadable, identity.Id, domain, active.Name);
            return new SigningKeyResult(ClaimResultStatus.Refused, error: Refusals.KeyUnreadable(active.Name));
        }
    }

    private static IReadOnlyList<SendingIdentity> View(DomainClaim claim, EmailHolding? holding) =>
        [.. (holding?.Identities ?? []).Select(identity => IdentityView.Of(claim, identity))];

    private static SendingIdentityResult NotFound(Present present) =>
        SendingIdentityResult.Failed(ClaimResultStatus.NotFound, present.Error ?? Refusals.NotFound);

    /// <summary>Finds the holding of a claim that stands now. What an earlier one left is not looked at.</summary>
    private async Task<Present> FindAsync(ClaimReference claim, CancellationToken cancellationToken)
    {
        var result = await claims.GetAsync(claim, cancellationToken).ConfigureAwait(false);
        if (result.Claim is not { } found)
        {
            return new Present(null, null, null, result.Error);
        }

        if (!found.Status.Holds)
        {
            return new Present(found, null, null, null);
        }

        var record = await holdings.FindAsync(Holdings.KeyOf(found.Id, found.Epoch), cancellationToken).ConfigureAwait(false);
        var holding = record is null ? null : EmailHoldingJson.Read(record);
        return holding is { ReleasedAt: null } ? new Present(found, record, holding, null) : new Present(found, null, null, null);
    }

    /// <summary>A claim of the owner, and what its present holding has.</summary>
    private sealed record Present(DomainClaim? Claim, HoldingRecord? Record, EmailHolding? Holding, DomainVerificationError? Error)
    {
        public StoredIdentity? Identity(string id) => Holding?.Identities.FirstOrDefault(identity => identity.Id == id);
    }
}
