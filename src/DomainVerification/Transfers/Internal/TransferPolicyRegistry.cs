using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Transfers.Internal;

/// <summary>A transfer policy that was added under a name.</summary>
internal sealed record TransferPolicyName(string Name);

/// <summary>The transfer policies of the host.</summary>
internal sealed class TransferPolicyRegistry(IServiceProvider services)
{
    /// <summary>The policies of a profile, in the order that it names them.</summary>
    public IEnumerable<ITransferPolicy> Of(DomainVerificationOptions profile)
    {
        var names = profile.Transfers.Policies.Count == 0 ? [TransferOptions.DefaultPolicy] : profile.Transfers.Policies;
        return names.Distinct(StringComparer.Ordinal).Select(name => services.GetRequiredKeyedService<ITransferPolicy>(name));
    }
}
