using DomainVerification.Email.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Identities.Internal;

/// <summary>
/// Makes the identities of a holding and takes them away. All of a holding is one record, written whole: it is there with every key, or not
/// at all. What a release leaves of it is a tombstone, which no late provision gets past.
/// </summary>
internal sealed class EmailIdentityProvisioner(
    Holdings holdings,
    IClaimStore claims,
    IdentityFactory factory,
    IOptionsMonitor<EmailIdentityOptions> options,
    TimeProvider time,
    ILogger<EmailIdentityProvisioner> logger) : IIdentityProvisioner, IIdentityStatuses
{
    private const int MaximumTries = 64;

    private static readonly ProvisionResult Ended = ProvisionResult.Failed(new DomainVerificationError(
        DomainVerificationErrorCodes.HoldingEnded,
        "The holding that the identities are for has ended."));

    public async Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        // A holding that ended may have no tombstone yet. The claim knows.
        var claim = await claims.FindAsync(request.ClaimId, cancellationToken).ConfigureAwait(false);
        if (claim is not { Status.Holds: true } || claim.Epoch != request.Epoch)
        {
            return Ended;
        }

        if (await FindMadeAsync(request, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        var settings = options.Get(request.Profile);
        if (IdentityFactory.TooLong(settings, request.Domain) is { } name)
        {
            return ProvisionResult.Failed(new DomainVerificationError(
                DomainVerificationErrorCodes.DomainTooLong,
                $"The domain is too long for the records that mail needs, such as {name}."));
        }

        var record = Record(request);
        var made = await factory.CreateAsync(record.Key, request.Domain, settings, cancellationToken).ConfigureAwait(false);
        record = record with { DueAt = made.Identities.Min(identity => identity.NextCheckAt), Data = EmailHoldingJson.Write(made) };
        if (await holdings.TryAddAsync(record, cancellationToken).ConfigureAwait(false))
        {
            EmailDiagnostics.Log.IdentitiesMade(logger, request.ClaimId, request.Domain, request.Epoch, made.Identities.Count);
            return Done(made);
        }

        // Somebody else made them meanwhile, or released the holding: theirs count, ours were never seen by anybody.
        return await FindMadeAsync(request, cancellationToken).ConfigureAwait(false)
            ?? ProvisionResult.RetryLater(new DomainVerificationError(
                DomainVerificationErrorCodes.VersionConflict,
                "The identities were made at the same time elsewhere."));
    }

    public async Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var tombstone = EmailHolding.Released(time.GetUtcNow());
        var key = Holdings.KeyOf(request.ClaimId, request.Epoch);
        for (var tries = 0; tries < MaximumTries; tries++)
        {
            var found = await holdings.FindAsync(key, cancellationToken).ConfigureAwait(false);
            if (found is not null && EmailHoldingJson.IsReleased(found))
            {
                return ProvisionResult.Done();
            }

            // Where nothing was made, the tombstone keeps a provision that is still under way from making it after all.
            var isSaved = found is null
                ? await holdings
                    .TryAddAsync(Record(request) with { Data = EmailHoldingJson.Write(tombstone) }, cancellationToken)
                    .ConfigureAwait(false)
                : await holdings.TrySaveAsync(found, tombstone, cancellationToken).ConfigureAwait(false);
            if (isSaved)
            {
                EmailDiagnostics.Log.IdentitiesReleased(logger, request.ClaimId, request.Domain, request.Epoch);
                return ProvisionResult.Done();
            }
        }

        return ProvisionResult.RetryLater(new DomainVerificationError(
            DomainVerificationErrorCodes.VersionConflict,
            "The identities were changed by others each time."));
    }

    /// <summary>What is there already for the holding, or why nothing may be; <see langword="null"/> where it is to be made.</summary>
    private async Task<ProvisionResult?> FindMadeAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        var records = await holdings.ListAsync(request.ClaimId, cancellationToken).ConfigureAwait(false);
        if (records.Any(record => record.Key.Epoch > request.Epoch))
        {
            return Ended;
        }

        if (records.FirstOrDefault(record => record.Key.Epoch == request.Epoch) is not { } found)
        {
            return null;
        }

        var holding = EmailHoldingJson.Read(found);
        return holding.ReleasedAt is null ? Done(holding) : Ended;
    }

    public async Task<IReadOnlyList<IdentityStatus>> ListStatusesAsync(DomainClaim claim, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        var record = claim.Status.Holds
            ? await holdings.FindAsync(Holdings.KeyOf(claim.Id, claim.Epoch), cancellationToken).ConfigureAwait(false)
            : null;
        return record is not null && EmailHoldingJson.Read(record) is { ReleasedAt: null } holding
            ? [.. holding.Identities.Select(identity => IdentityStatuses.Of(IdentityView.Of(claim, identity)))]
            : [];
    }

    private static HoldingRecord Record(ProvisionRequest request) => new()
    {
        Key = Holdings.KeyOf(request.ClaimId, request.Epoch),
        Profile = request.Profile,
        Owner = request.Owner,
        Domain = request.Domain,
        Version = 1,
        Data = string.Empty,
    };

    private static ProvisionResult Done(EmailHolding holding) => ProvisionResult.Done(
    [
        .. holding.Identities.Select(identity => new ProvisionedIdentity
        {
            Id = identity.Id,
            Kind = identity.Kind.ToWireName(),
            Records =
            [
                .. identity.Records
                    .Where(record => record.Purpose is not (SendingRecordPurpose.Dmarc or SendingRecordPurpose.Tracking))
                    .Select(record => new IdentityRecord(record.Type, record.Name, record.Value, record.Priority)),
            ],
        }),
    ]);
}
