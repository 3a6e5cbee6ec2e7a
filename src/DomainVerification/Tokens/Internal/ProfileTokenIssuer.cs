using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tokens.Internal;

/// <summary>
/// Issues as the profile says, and recognises by how a token was stored, so that a profile can change under outstanding tokens.
/// </summary>
internal sealed class ProfileTokenIssuer(IOptionsMonitor<DomainVerificationOptions> profiles) : ITokenIssuer
{
    public ValueTask<IssuedToken> IssueAsync(TokenContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var options = profiles.Get(context.Profile);
        var token = options.Token.Source == TokenSource.Derived
            ? DerivedTokenIssuer.Issue(options, context)
            : RandomTokenIssuer.Issue(options.Token);
        return ValueTask.FromResult(token);
    }

    public ValueTask<TokenMatch> MatchAsync(
        string observed,
        StoredToken stored,
        TokenContext context,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Digests have one length, so that the comparison tells nothing of the token's own.
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> found = stackalloc byte[SHA256.HashSizeInBytes];
        TextDigest.Write(observed, found);
        var match = TryWriteExpectedDigest(stored, context, expected) && CryptographicOperations.FixedTimeEquals(found, expected);
        return ValueTask.FromResult(match ? TokenMatch.Current : TokenMatch.None);
    }

    public ValueTask<string?> RevealAsync(StoredToken stored, TokenContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(stored.Scheme switch
        {
            StoredTokenSchemes.Clear => stored.Value,
            StoredTokenSchemes.Derived => DerivedTokenIssuer.Derive(profiles.Get(context.Profile), stored.Value, context),
            _ => null,
        });
    }

    private bool TryWriteExpectedDigest(StoredToken stored, TokenContext context, Span<byte> digest)
    {
        if (stored.Scheme is StoredTokenSchemes.Clear or StoredTokenSchemes.Sha256)
        {
            return RandomTokenIssuer.TryWriteExpectedDigest(stored, digest);
        }

        var isOurs = stored.Scheme == StoredTokenSchemes.Derived;
        if (!isOurs || DerivedTokenIssuer.Derive(profiles.Get(context.Profile), stored.Value, context) is not { } token)
        {
            return false;
        }

        TextDigest.Write(token, digest);
        return true;
    }
}
