using System.Reflection;
using System.Security.Claims;
using DomainVerification;

namespace Migma;

/// <summary>The workspace that an API key belongs to, and the key, for the audit trail. Never taken from what a request says.</summary>
internal sealed record Caller(string Workspace, ClaimActor Key)
{
    public ClaimActionOptions Options => new() { Actor = Key };

    public static ValueTask<Caller?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Caller?>(new Caller(
            context.User.FindFirstValue(ApiKeyHandler.Workspace)!,
            ClaimActor.User(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!)));

    public ClaimReference Claim(string domain) => ClaimReference.To(Workspace, domain);

    public ClaimRequest Asks(string? domain) => new(Workspace, domain ?? string.Empty) { Actor = Key };
}
