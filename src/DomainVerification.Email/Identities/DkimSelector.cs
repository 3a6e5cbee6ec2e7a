using System.Text.Json.Serialization;

namespace DomainVerification.Email;

/// <summary>What a selector is used for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DkimSelectorState>))]
public enum DkimSelectorState
{
    /// <summary>Its key signs.</summary>
    Active,

    /// <summary>Its key signs as soon as it is found in DNS.</summary>
    Next,

    /// <summary>Its key was replaced, and stays published for what is still on its way.</summary>
    Retiring,

    /// <summary>It waits for the next key, so that rotating asks nothing of the customer. It has no key.</summary>
    Spare,
}

/// <summary>A DKIM selector of an identity.</summary>
/// <param name="Name">The selector (RFC 6376, section 3.1).</param>
/// <param name="State">What it is used for.</param>
/// <param name="CreatedAt">Since when its present key exists, or since when it is a spare one, UTC.</param>
/// <param name="RetireAt">When it is taken out of use, UTC; only while it retires.</param>
public sealed record DkimSelector(string Name, DkimSelectorState State, DateTimeOffset CreatedAt, DateTimeOffset? RetireAt = null);
