using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Identities.Internal;

/// <summary>A provisioner that was added under a name.</summary>
internal sealed record ProvisionerName(string Name);

/// <summary>The provisioners of the host: the default one, under the empty name, and those that were added.</summary>
internal sealed class ProvisionerRegistry(
    IIdentityProvisioner fallback,
    IEnumerable<ProvisionerName> added,
    IServiceProvider services)
{
    private readonly string[] _all =
    [
        .. fallback is NullIdentityProvisioner ? Array.Empty<string>() : [string.Empty],
        .. added.Select(provisioner => provisioner.Name).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The names of the provisioners of a profile, in the order that they are asked in.</summary>
    public IReadOnlyList<string> Of(DomainVerificationOptions profile) =>
        profile.Provisioners is { } names ? [.. names.Distinct(StringComparer.Ordinal)] : _all;

    /// <summary>Finds a provisioner; <see langword="null"/> where none is registered under the name.</summary>
    public IIdentityProvisioner? Find(string name) => name.Length == 0 ? fallback : services.GetKeyedService<IIdentityProvisioner>(name);
}
