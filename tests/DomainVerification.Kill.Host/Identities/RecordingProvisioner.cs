using System.Security.Cryptography;
using DomainVerification.Kill.Host.Killing;

namespace DomainVerification.Kill.Host.Identities;

/// <summary>
/// A provisioner whose effects outlive the process, with a step before, amid and after them. It makes two identities, one after the other,
/// so that a kill can leave half of them behind. Some operations fail for good, and some tries are put off.
/// </summary>
internal abstract class RecordingProvisioner(IdentityTable table, KillSwitch steps, string name) : IIdentityProvisioner
{
    internal static readonly IReadOnlyList<string> Kinds = ["first", "second"];

    private static readonly ProvisionResult Refused =
        ProvisionResult.Failed(new DomainVerificationError("holding_over", "The holding is over."));

    private static readonly ProvisionResult Unable =
        ProvisionResult.Failed(new DomainVerificationError("quota_exceeded", "There is no room for more identities."));

    private static readonly ProvisionResult PutOff =
        ProvisionResult.RetryLater(new DomainVerificationError("busy", "The provisioner is busy."), TimeSpan.FromSeconds(2));

    public async Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        // The same operation must always fail, or a later try would leave what an earlier one made.
        if (request.OperationId.ToByteArray()[^1] < 16)
        {
            return Unable;
        }

        steps.Pass(KillSteps.BeforeProvision);
        if (!await table.TryAddAsync(request, name, Kinds[0], cancellationToken))
        {
            return Refused;
        }

        steps.Pass(KillSteps.AmidProvision);
        if (IsBusy())
        {
            return PutOff;
        }

        if (!await table.TryAddAsync(request, name, Kinds[1], cancellationToken))
        {
            return Refused;
        }

        steps.Pass(KillSteps.AfterProvision);
        return ProvisionResult.Done([.. Kinds.Select(kind => new ProvisionedIdentity
        {
            Id = IdentityTable.IdOf(request.OperationId, kind),
            Kind = kind,
        })]);
    }

    public async Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken)
    {
        steps.Pass(KillSteps.BeforeRemoval);
        await table.RemoveAsync(request, name, Kinds[0], cancellationToken);
        steps.Pass(KillSteps.AmidRemoval);
        if (IsBusy())
        {
            return PutOff;
        }

        await table.RemoveAsync(request, name, Kinds[1], cancellationToken);
        steps.Pass(KillSteps.AfterRemoval);
        return ProvisionResult.Done();
    }

    private static bool IsBusy() => RandomNumberGenerator.GetInt32(20) == 0;
}

/// <summary>One of the two provisioners of each holding.</summary>
internal sealed class MailProvisioner(IdentityTable table, KillSwitch steps) : RecordingProvisioner(table, steps, Name)
{
    internal const string Name = "mail";
}

/// <summary>The other one.</summary>
internal sealed class CertificateProvisioner(IdentityTable table, KillSwitch steps) : RecordingProvisioner(table, steps, Name)
{
    internal const string Name = "certificates";
}
