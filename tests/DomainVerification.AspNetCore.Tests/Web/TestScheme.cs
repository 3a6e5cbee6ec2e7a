using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Tests.Web;

/// <summary>
/// Signs in whom the header says: <c>type=value</c> pairs, percent-encoded; <c>expires</c> is when that runs out.
/// </summary>
internal sealed class TestScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Test";
    public const string Header = "X-Test-User";
    private const string Expires = "expires";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header] is not { Count: > 0 } header)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var pairs = header.ToString().Split('&').Select(pair => pair.Split('=')).ToLookup(
            pair => pair[0],
            pair => Uri.UnescapeDataString(pair[1]));
        var claims = pairs.Where(pair => pair.Key != Expires)
            .SelectMany(pair => pair, (pair, value) => new Claim(pair.Key == "role" ? ClaimTypes.Role : pair.Key, value));
        var properties = new AuthenticationProperties
        {
            ExpiresUtc = pairs[Expires].Select(value => (DateTimeOffset?)DateTimeOffset.Parse(value, null)).FirstOrDefault(),
        };
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, Name));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, properties, Name)));
    }
}
