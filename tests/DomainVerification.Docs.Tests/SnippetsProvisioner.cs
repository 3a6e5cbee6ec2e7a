namespace DomainVerification.Docs.Tests;

internal abstract class MailApi
{
    public abstract Task<string> CreateAsync(Guid operation, string domain, CancellationToken cancellationToken);

    public abstract Task DeleteAsync(Guid operation, string id, CancellationToken cancellationToken);
}

internal sealed class MailProvisioner(MailApi api) : IIdentityProvisioner
{
    public async Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        var selector = await api.CreateAsync(request.OperationId, request.Domain.Value, cancellationToken);
        return ProvisionResult.Done(new ProvisionedIdentity
        {
            Id = selector,
            Kind = "transactional",
            Records = [new IdentityRecord("CNAME", $"{selector}._domainkey.{request.Domain}", $"{selector}.dkim.acme-saas.net")],
        });
    }

    public async Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        foreach (var identity in request.Identities)
        {
            await api.DeleteAsync(request.OperationId, identity.Id, cancellationToken);
        }

        return ProvisionResult.Done();
    }
}
