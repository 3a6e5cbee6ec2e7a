namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>Reads a claim that does not exist, by its key: one statement that needs the connection and the table.</summary>
internal sealed class StorePart(IClaimStore store) : HealthPart
{
    private static readonly ClaimId _nobodys = new(Guid.Empty);

    public override DomainVerificationHealthParts Part => DomainVerificationHealthParts.Store;

    public override string Key => "store";

    public override string FaultedCode => DomainVerificationHealthCodes.StoreUnreachable;

    public override string TimedOutCode => DomainVerificationHealthCodes.StoreTimedOut;

    public override async Task<PartReport> LookAsync(DomainVerificationHealthOptions options, CancellationToken cancellationToken)
    {
        await store.FindAsync(_nobodys, cancellationToken).ConfigureAwait(false);
        return PartReport.Well();
    }
}
