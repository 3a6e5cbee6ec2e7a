using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DomainVerification.Vendors.Tests.Hosts;

/// <summary>Issues the bearer tokens that a host is told to trust.</summary>
internal sealed class Jwt
{
    public const string Audience = "https://vendor.example";
    private const string Issuer = "https://issuer.vendor.example";
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The settings of a host that trusts this issuer.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Authentication:Schemes:Bearer:ValidIssuer"] = Issuer,
        ["Authentication:Schemes:Bearer:ValidAudiences:0"] = Audience,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Issuer"] = Issuer,
        ["Authentication:Schemes:Bearer:SigningKeys:0:Value"] = Convert.ToBase64String(_key),
    };

    /// <summary>A header with a token for these claims.</summary>
    public (string Name, string Value) Header(params (string Type, string Value)[] claims) => ("Authorization", $"Bearer {Token(claims)}");

    /// <summary>Headers that every host must refuse, each for its own reason.</summary>
    public IEnumerable<(string Why, string? Authorization)> Refused(params (string Type, string Value)[] claims)
    {
        yield return ("nothing", null);
        yield return ("no token", "Bearer");
        yield return ("no JWT", "Bearer eyJ0eXAiOiJKV1QiLCJraWQiO");
        yield return ("another scheme", $"Basic {Token(claims)}");
        yield return ("another issuer's key", new Jwt().Header(claims).Value);
        yield return ("another issuer", $"Bearer {Token(claims, issuer: "https://other.example")}");
        yield return ("another audience", $"Bearer {Token(claims, audience: "https://other.example")}");
        yield return ("expired", $"Bearer {Token(claims, expires: DateTime.UtcNow.AddHours(-1))}");
        yield return ("not signed", $"Bearer {Token(claims, isSigned: false)}");
        yield return ("signature cut", $"Bearer {Token(claims)[..^2]}");
    }

    private string Token(
        (string Type, string Value)[] claims,
        string issuer = Issuer,
        string audience = Audience,
        DateTime? expires = null,
        bool isSigned = true)
    {
        var end = expires ?? DateTime.UtcNow.AddHours(1);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            NotBefore = end.AddHours(-2),
            IssuedAt = end.AddHours(-2),
            Expires = end,
            Subject = new ClaimsIdentity(claims.Select(claim => new Claim(claim.Type, claim.Value))),
            SigningCredentials = isSigned
                ? new SigningCredentials(new SymmetricSecurityKey(_key), SecurityAlgorithms.HmacSha256)
                : null,
        });
    }
}
