namespace DomainVerification.ConformanceTests.Tests.Identities;

/// <summary>A provisioner that makes two identities a holding, as a mail host does, and keeps them in memory.</summary>
internal class InMemoryProvisioner : IIdentityProvisioner
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, ProvisionResult> _done = [];
    private readonly Dictionary<(DomainName Domain, ClaimId Claim, long Epoch), List<ProvisionedIdentity>> _made = [];
    private readonly Dictionary<DomainName, long> _epochs = [];
    private int _number;

    public IReadOnlyCollection<string> List(DomainName domain)
    {
        lock (_lock)
        {
            return [.. _made.Where(pair => pair.Key.Domain == domain).SelectMany(pair => pair.Value).Select(identity => identity.Id)];
        }
    }

    public virtual Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
        OnceAsync(request, Provision, cancellationToken);

    public virtual Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
        OnceAsync(request, Release, cancellationToken);

    protected virtual bool IsFenced(ProvisionRequest request) => request.Epoch < _epochs.GetValueOrDefault(request.Domain);

    private Task<ProvisionResult> OnceAsync(
        ProvisionRequest request,
        Func<ProvisionRequest, ProvisionResult> operation,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            if (!_done.TryGetValue(request.OperationId, out var result))
            {
                _done.Add(request.OperationId, result = operation(request));
            }

            return Task.FromResult(result);
        }
    }

    private ProvisionResult Provision(ProvisionRequest request)
    {
        if (IsFenced(request))
        {
            return ProvisionResult.Failed(new DomainVerificationError("epoch_superseded", "A later holder came."));
        }

        _epochs[request.Domain] = request.Epoch;
        List<ProvisionedIdentity> made = [Make("marketing"), Make("transactional")];
        _made.Add((request.Domain, request.ClaimId, request.Epoch), made);
        return ProvisionResult.Done(made);
    }

    private ProvisionResult Release(ProvisionRequest request)
    {
        _made.Remove((request.Domain, request.ClaimId, request.Epoch));
        return ProvisionResult.Done();
    }

    private ProvisionedIdentity Make(string kind) => new()
    {
        Id = $"{++_number}",
        Kind = kind,
        Records = [new IdentityRecord("TXT", $"{kind}._domainkey.acme.example", $"v=DKIM1; p={_number}")],
    };
}
