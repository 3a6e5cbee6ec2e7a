namespace DomainVerification;

/// <summary>
/// What is kept of a token: the token itself, a digest, or a recipe to derive it again. The issuer alone understands
/// <paramref name="Value"/>.
/// </summary>
/// <param name="Scheme">
/// How to read the value: one of <see cref="StoredTokenSchemes"/>, or an issuer's own name. At most 32 characters.
/// </param>
/// <param name="Value">The stored form, ASCII, at most 512 characters.</param>
public sealed record StoredToken(string Scheme, string Value)
{
    /// <summary>Leaves out the value, which may be the secret itself.</summary>
    public override string ToString() => $"StoredToken({Scheme})";
}

/// <summary>The schemes that the SDK's own issuers store.</summary>
public static class StoredTokenSchemes
{
    /// <summary>The token in clear; it can be shown again.</summary>
    public const string Clear = "clear";

    /// <summary>The SHA-256 digest of the token, base64url; it was shown once.</summary>
    public const string Sha256 = "sha256";

    /// <summary>Which key and which encoding derive the token; no part of the token is kept.</summary>
    public const string Derived = "derived";
}
