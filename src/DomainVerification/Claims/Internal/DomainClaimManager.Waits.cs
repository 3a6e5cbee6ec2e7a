namespace DomainVerification.Claims.Internal;

internal sealed partial class DomainClaimManager
{
    public async Task<ClaimResult> WaitForProvisioningAsync(
        ClaimReference claim,
        TimeSpan patience,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(patience, LongestPatience);
        var found = await GetAsync(claim, cancellationToken).ConfigureAwait(false);
        if (found.Claim is not { Status: ClaimStatus.Provisioning } held)
        {
            return found.Claim is { Status.Holds: false } other ? ClaimResult.Refused(ClaimRefusals.NothingToProvision, other) : found;
        }

        return await waits.WaitAsync(held.Id, patience, cancellationToken).ConfigureAwait(false) switch
        {
            null => ClaimResult.Failed(ClaimResultStatus.NotFound, ClaimRefusals.NotFound),
            { Status: ClaimStatus.Claimed } made => ClaimResult.Done(made),
            { Status: ClaimStatus.Provisioning } still =>
                ClaimResult.Refused(still.ProvisioningError ?? ClaimRefusals.ProvisioningPending, still),
            { } ended => ClaimResult.Refused(ClaimRefusals.NothingToProvision, ended),
        };
    }
}
