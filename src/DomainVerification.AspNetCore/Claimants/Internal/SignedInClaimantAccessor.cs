using System.Buffers;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Claimants.Internal;

/// <summary>Reads owner and actor from the claims of the signed-in user.</summary>
internal sealed class SignedInClaimantAccessor(IOptions<DomainVerificationWebOptions> options) : IClaimantAccessor
{
    public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        var owner = Find(context.User, options.Value.OwnerClaimTypes);
        return ValueTask.FromResult(owner is null ? null : new Claimant(owner, Actor(context.User)));
    }

    public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ValueTask.FromResult(Actor(context.User));
    }

    private ClaimActor? Actor(ClaimsPrincipal user) =>
        Find(user, options.Value.ActorClaimTypes) is { } id ? ClaimActor.User(id) : null;

    /// <summary>
    /// The value of the first type that the user has. Two different values name nobody: which tenant a request acts for must not hang on
    /// the order of claims in a token.
    /// </summary>
    private static string? Find(ClaimsPrincipal user, IEnumerable<string> types)
    {
        foreach (var type in types)
        {
            var values = user.Identities
                .Where(identity => identity.IsAuthenticated)
                .SelectMany(identity => identity.FindAll(type))
                .Select(claim => claim.Value)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            if (values.Count > 0)
            {
                return values is [var only] && IsIdentifier(only) ? only : null;
            }
        }

        return null;
    }

    /// <summary>Whether the core takes the value for an owner or an actor.</summary>
    private static bool IsIdentifier(string value) =>
        !string.IsNullOrWhiteSpace(value)
        && value.Length <= DomainClaim.MaximumOwnerLength
        && !value.Contains('\0')
        && IsWellFormed(value);

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var read) != OperationStatus.Done)
            {
                return false;
            }

            text = text[read..];
        }

        return true;
    }
}
