namespace DomainVerification.Tests.Work;

/// <summary>A provisioner that does what a test tells it, and keeps a log of what it was asked.</summary>
internal sealed class ScriptedProvisioner : IIdentityProvisioner
{
    public static readonly DomainVerificationError Busy = new("busy", "Come back later.");

    public Func<ProvisionRequest, CancellationToken, Task<ProvisionResult>> OnProvision { get; set; } =
        (request, _) => Task.FromResult(ProvisionResult.Done(new ProvisionedIdentity { Id = $"{request.Epoch}", Kind = "marketing" }));

    public Func<ProvisionRequest, CancellationToken, Task<ProvisionResult>> OnRelease { get; set; } =
        (_, _) => Task.FromResult(ProvisionResult.Done());

    /// <summary>Every call, such as <c>provision ann 1</c>, with its operation.</summary>
    public List<(string What, Guid Operation)> Calls { get; } = [];

    public IEnumerable<string> Log => Calls.Select(call => call.What);

    public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        Calls.Add(($"provision {request.Owner} {request.Epoch}", request.OperationId));
        return OnProvision(request, cancellationToken);
    }

    public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        var identities = string.Join(',', request.Identities.Select(made => made.Id));
        Calls.Add(($"release {request.Owner} {request.Epoch} [{identities}]", request.OperationId));
        return OnRelease(request, cancellationToken);
    }
}
