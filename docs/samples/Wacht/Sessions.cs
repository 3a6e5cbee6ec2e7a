using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Wacht;

/// <summary>Signing in by e-mail and password. The session is a cookie that scripts cannot read and that goes over https only.</summary>
internal static class Sessions
{
    private const string SigninId = "signin";
    private const string CreatedAt = "created_at";

    private static readonly PasswordHasher<User> Hasher = new();

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "__session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SecurePolicy = CookieSecurePolicy.Always;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Events.OnRedirectToLogin = context => StatusAsync(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => StatusAsync(context, StatusCodes.Status403Forbidden);
    }

    public static async Task<IResult> SignInAsync(Credentials body, IConfiguration configuration, TimeProvider time, HttpContext http)
    {
        var users = configuration.GetSection("Users").Get<User[]>() ?? [];
        var user = Array.Find(users, user => string.Equals(user.Email, body.Email, StringComparison.OrdinalIgnoreCase));
        if (user is null
            || Hasher.VerifyHashedPassword(user, user.PasswordHash, body.Password ?? string.Empty) is PasswordVerificationResult.Failed)
        {
            return Answers.InvalidCredentials(http);
        }

        http.User = new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, user.Id),
                new Claim(SigninId, $"signin_{Guid.CreateVersion7(time.GetUtcNow()):N}"),
                new Claim(CreatedAt, time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                .. user.Organizations.Select(membership => Organizations.Membership(membership.Key, membership.Value)),
            ],
            CookieAuthenticationDefaults.AuthenticationScheme));
        await http.SignInAsync(http.User);
        return Answers.Ok<object?>(http, null);
    }

    public static async Task<IResult> SignOutAsync(HttpContext http)
    {
        await http.SignOutAsync();
        http.User = new ClaimsPrincipal();
        return Answers.Ok<object?>(http, null);
    }

    /// <summary>What each answer says of the session.</summary>
    public static Session Of(ClaimsPrincipal user) => user.FindFirstValue(SigninId) is { } id
        ? Session.Of(new Signin(id, user.FindFirstValue(ClaimTypes.NameIdentifier)!, user.FindFirstValue(CreatedAt)!))
        : Session.Anonymous;

    private static Task StatusAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private sealed record User(string Id, string Email, string PasswordHash, Dictionary<string, string> Organizations);
}
