using DomainVerification.Identities.Internal;
using DomainVerification.Notices.Internal;
using DomainVerification.Transfers.Internal;
using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>Checks that a profile names only parts that the host registered.</summary>
internal sealed class RegisteredPartsValidator(
    IEnumerable<ProvisionerName> provisioners,
    IEnumerable<EventHandlerName> handlers,
    IEnumerable<TransferPolicyName> policies) : IValidateOptions<DomainVerificationOptions>
{
    public ValidateOptionsResult Validate(string? name, DomainVerificationOptions options)
    {
        var rules = new OptionRules(
            string.IsNullOrEmpty(name) ? $"{DomainVerificationOptions.SectionName}:" : $"{ProfileConfiguration.ProfilesSection}:{name}:");
        var known = provisioners.Select(part => part.Name).ToHashSet(StringComparer.Ordinal);
        CheckNames(rules, "Transfers:Policies", options.Transfers.Policies, [.. policies.Select(part => part.Name)], "AddTransferPolicy");
        CheckNames(rules, "Provisioners", options.Provisioners ?? [], [string.Empty, .. known], "AddIdentityProvisioner");

        // Work of one name is one queue, and a notice must not wait for a provisioner.
        foreach (var shared in handlers.Select(part => part.Name).Where(known.Contains).Distinct(StringComparer.Ordinal))
        {
            rules.Require("Provisioners", shared, false, "must not be the name of an event handler as well");
        }

        return rules.Failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(rules.Failures);
    }

    private static void CheckNames(OptionRules rules, string option, IList<string> names, HashSet<string> known, string register)
    {
        for (var i = 0; i < names.Count; i++)
        {
            rules.Require($"{option}:{i}", names[i], known.Contains(names[i]), $"must be a name that was registered with {register}");
        }
    }
}
