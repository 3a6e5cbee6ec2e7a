using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Migma;

/// <summary>
/// Signs in by <c>Authorization: Bearer KEY</c>. The settings have the SHA-256 of each key and no key; keys are random and long, so that
/// this is enough.
/// </summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IConfiguration configuration) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";
    public const string Workspace = "workspace";
    public const string Permission = "permission";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(header["Bearer ".Length..].Trim()));
        var keys = configuration.GetSection("ApiKeys").Get<ApiKey[]>() ?? [];
        return Task.FromResult(
            Array.Find(keys, key => CryptographicOperations.FixedTimeEquals(Convert.FromHexString(key.Sha256), digest)) is { } found
                ? AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(found), Scheme))
                : AuthenticateResult.Fail("The API key is not known."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = Scheme;
        return base.HandleChallengeAsync(properties);
    }

    private static ClaimsPrincipal PrincipalOf(ApiKey key) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, key.Id),
            new Claim(Workspace, key.Workspace),
            .. key.Permissions.Select(permission => new Claim(Permission, permission)),
        ],
        Scheme));

    private sealed record ApiKey(string Id, string Sha256, string Workspace, string[] Permissions);
}
