namespace DomainVerification.Docs.Tests;

internal abstract class MailApi
{
    public abstract Task<string> CreateAsync(Guid operation, string label, string domain, CancellationToken cancellationToken);

    public abstract Task CloseAsync(Guid operation, string label, CancellationToken cancellationToken);
}

internal sealed class MailProvisioner(MailApi api) : IIdentityProvisioner
{
    public async Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        var selector = await api.CreateAsync(request.OperationId, Holding(request), request.Domain.Value, cancellationToken);
        return ProvisionResult.Done(new ProvisionedIdentity
        {
            Id = selector,
            Kind = "transactional",
            Records = [new IdentityRecord("CNAME", $"{selector}._domainkey.{request.Domain}", $"{selector}.dkim.acme-saas.net")],
        });
    }

    public async Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        // Removes all that has the label, and lets a creation that is still under way with it fail.
        await api.CloseAsync(request.OperationId, Holding(request), cancellationToken);
        return ProvisionResult.Done();
    }

    private static string Holding(ProvisionRequest request) => $"{request.ClaimId}/{request.Epoch}";
}
