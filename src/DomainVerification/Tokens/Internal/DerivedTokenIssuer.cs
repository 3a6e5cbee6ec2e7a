using System.Globalization;

namespace DomainVerification.Tokens.Internal;

/// <summary>
/// Tokens that follow from a key and the claim: the store keeps only the recipe <c>key;encoding;bits;format</c>, so that later changes of
/// the profile leave outstanding tokens alone.
/// </summary>
internal static class DerivedTokenIssuer
{
    private const string Purpose = "DomainVerification.Token.1";

    public static IssuedToken Issue(DomainVerificationOptions options, TokenContext context)
    {
        var token = options.Token;
        var recipe = string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Keys[0].Id};{token.Encoding};{token.Bits};{token.Format}");
        var value = Derive(options, recipe, context) ?? throw new InvalidOperationException("The current token key cannot be read.");
        return new IssuedToken(value, new StoredToken(StoredTokenSchemes.Derived, recipe));
    }

    /// <summary>The token of a recipe; <see langword="null"/> where its key was removed or the recipe is not ours.</summary>
    public static string? Derive(DomainVerificationOptions options, string recipe, TokenContext context)
    {
        var parts = recipe.Split(';', 4);
        if (parts.Length != 4
            || !Enum.TryParse<TokenEncoding>(parts[1], out var encoding)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits is < TokenOptions.MinimumBits or > TokenOptions.MaximumBits
            || TokenKeyring.Find(options, parts[0]) is not { } secret)
        {
            return null;
        }

        var generation = context.Generation.ToString(CultureInfo.InvariantCulture);
        var hash = TokenKeyring.Hash(secret, Purpose, context.Profile, context.Owner, context.Domain.Value, generation);
        return parts[3].Replace("{0}", TokenAlphabet.Write(hash, encoding, bits), StringComparison.Ordinal);
    }
}
