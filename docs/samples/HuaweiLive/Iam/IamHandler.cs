using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HuaweiLive.Iam;

/// <summary>Signs in by the headers of table 2: <c>X-Auth-Token</c>, or a signature with an AK/SK.</summary>
internal sealed class IamHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IConfiguration configuration) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Iam";
    public const string Account = "account";
    public const string User = "user";
    public const string Project = "project";
    public const string Permission = "permission";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var users = configuration.GetSection("Iam:Users").Get<IamUser[]>() ?? [];
        if (Request.Headers.TryGetValue("X-Auth-Token", out var token))
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(token.ToString()));
            return Result(Array.Find(users, user => user.TokenSha256 is { } known
                && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(known), digest)));
        }

        if (RequestSignature.Read(Request.Headers.Authorization) is not { } signature)
        {
            return AuthenticateResult.NoResult();
        }

        var signer = Array.Find(users, user => user.AccessKey == signature.AccessKey && user.SecretKey is not null);
        return Result(
            signer is not null && await signature.IsValidAsync(Request, signer.SecretKey!, TimeProvider.GetUtcNow())
                ? signer with { Projects = [.. signer.Projects.Where(project => project == Request.Headers["X-Project-Id"])] }
                : null);
    }

    private static AuthenticateResult Result(IamUser? user) => user is null
        ? AuthenticateResult.Fail("The token or the signature is not valid.")
        : AuthenticateResult.Success(new AuthenticationTicket(
            new ClaimsPrincipal(new ClaimsIdentity(
                [
                    new Claim(Account, user.Account),
                    new Claim(User, user.Name),
                    .. user.Projects.Select(project => new Claim(Project, project)),
                    .. (user.Permissions ?? []).Select(permission => new Claim(Permission, permission)),
                ],
                Scheme)),
            Scheme));
}
