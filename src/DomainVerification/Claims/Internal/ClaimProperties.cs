using System.Collections.Immutable;

namespace DomainVerification.Claims.Internal;

/// <summary>The limits of what a host keeps with a claim.</summary>
internal static class ClaimProperties
{
    private const int LongestName = 64;
    private const int LongestValue = 1024;

    /// <summary>Gives a copy that nobody changes, or throws where the properties are not as they must be.</summary>
    public static IReadOnlyDictionary<string, string> Require(IReadOnlyDictionary<string, string> properties, string parameter)
    {
        ArgumentNullException.ThrowIfNull(properties, parameter);
        if (properties.Count > DomainClaim.MaximumProperties)
        {
            throw new ArgumentException($"A claim has at most {DomainClaim.MaximumProperties} properties.", parameter);
        }

        foreach (var (name, value) in properties)
        {
            if (name.Length is 0 or > LongestName || value is null or { Length: > LongestValue })
            {
                throw new ArgumentException(
                    $"A property has a name of 1 to {LongestName} and a value of at most {LongestValue} characters.", parameter);
            }

            HostIdentifier.RequireText(name, parameter);
            HostIdentifier.RequireText(value, parameter);
        }

        return properties.ToImmutableDictionary(StringComparer.Ordinal);
    }
}
