using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Docs.Tests;

internal static class SnippetsDocs
{
    public static void Delegation(WebApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification(options =>
        {
            options.Provider = "contoso";
            options.Scope = ChallengeScope.Domain;
            options.DelegationZone = "dcv.contoso.net";
        });
    }

    public static void ShownOnce(WebApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification(options =>
        {
            options.Token.Encoding = TokenEncoding.Decimal;
            options.Token.Bits = 172;
            options.Token.Disclosure = TokenDisclosure.Once;
        });
    }

    public static void Derived(WebApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification(options =>
        {
            options.Token.Source = TokenSource.Derived;
            options.Keys.Add(new TokenKey { Id = "2027", Secret = builder.Configuration["Secrets:Token2027"]! });
            options.Keys.Add(new TokenKey { Id = "2026", Secret = builder.Configuration["Secrets:Token2026"]! });
        });
    }
}
