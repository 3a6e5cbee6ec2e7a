using DomainVerification.Claims.Internal;

namespace DomainVerification;

/// <summary>What tells requests apart: a client's key within the scope that the server knows the client by.</summary>
public sealed record IdempotencyKey
{
    /// <summary>The length of the longest scope and of the longest key, in characters.</summary>
    public const int MaximumLength = 256;

    /// <summary>A key within a scope.</summary>
    /// <param name="scope">See <see cref="Scope"/>.</param>
    /// <param name="key">See <see cref="Key"/>.</param>
    /// <exception cref="ArgumentException">The scope or the key is not as it must be.</exception>
    public IdempotencyKey(string scope, string key)
    {
        Scope = HostIdentifier.Require(scope);
        Key = HostIdentifier.Require(key);
    }

    /// <summary>
    /// Whose key it is and for what: a composite of tenant, principal and endpoint that no other client can forge. 1 to
    /// <see cref="MaximumLength"/> characters of well-formed UTF-16, not blank, without U+0000.
    /// </summary>
    public string Scope { get; }

    /// <summary>
    /// The key that the client chose. 1 to <see cref="MaximumLength"/> characters of well-formed UTF-16, not blank, without U+0000.
    /// </summary>
    public string Key { get; }
}
