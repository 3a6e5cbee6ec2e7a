using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tokens.Internal;

/// <summary>
/// Issues as the profile says, and recognises by how a token was stored, so that a profile can change under outstanding tokens.
/// </summary>
internal sealed class ProfileTokenIssuer(IOptionsMonitor<DomainVerificationOptions> profiles) : ITokenIssuer, IQuickTokenIssuer
{
    private const int MaxAsciiLength = 128;

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

        var match = IsToken(observed, stored) || (stored.Scheme == StoredTokenSchemes.Derived && IsDerived(observed, stored, context));
        return ValueTask.FromResult(match ? TokenMatch.Current : TokenMatch.None);
    }

    public bool IsToken(ReadOnlySpan<char> observed, StoredToken stored) => stored.Scheme switch
    {
        StoredTokenSchemes.Clear => AreEqual(observed, stored.Value),
        StoredTokenSchemes.Sha256 => IsDigestOf(observed, stored),
        _ => false,
    };

    public ValueTask<string?> RevealAsync(StoredToken stored, TokenContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Reveal(stored, context));
    }

    private string? Reveal(StoredToken stored, TokenContext context) => stored.Scheme switch
    {
        StoredTokenSchemes.Clear => stored.Value,
        StoredTokenSchemes.Derived => DerivedTokenIssuer.Derive(profiles.Get(context.Profile), stored.Value, context),
        _ => null,
    };

    private bool IsDerived(string observed, StoredToken stored, TokenContext context) =>
        Reveal(stored, context) is { } token && AreEqual(observed, token);

    private static bool IsDigestOf(ReadOnlySpan<char> observed, StoredToken stored)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> found = stackalloc byte[SHA256.HashSizeInBytes];
        TextDigest.Write(observed, found);
        return RandomTokenIssuer.TryReadDigest(stored, expected) && CryptographicOperations.FixedTimeEquals(found, expected);
    }

    /// <summary>Takes as long wherever the texts differ. Only that their lengths do shows, and that of a token is no secret.</summary>
    private static bool AreEqual(ReadOnlySpan<char> observed, string token)
    {
        if (observed.Length != token.Length)
        {
            return false;
        }

        // Half as many octets to compare, as long as there is nothing but ASCII.
        Span<byte> left = stackalloc byte[MaxAsciiLength];
        Span<byte> right = stackalloc byte[MaxAsciiLength];
        var isAscii = observed.Length <= MaxAsciiLength
            && Ascii.FromUtf16(observed, left, out _) == OperationStatus.Done
            && Ascii.FromUtf16(token, right, out _) == OperationStatus.Done;
        return isAscii
            ? CryptographicOperations.FixedTimeEquals(left[..observed.Length], right[..observed.Length])
            : CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(observed), MemoryMarshal.AsBytes(token.AsSpan()));
    }
}
