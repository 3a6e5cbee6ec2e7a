using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.ConformanceTests.Tests.Conformance;

/// <summary>The default issuer as a host gets it, with random tokens of the default profile.</summary>
public sealed class ProfileTokenIssuerConformanceTests : TokenIssuerConformanceTests
{
    protected override ValueTask<ITokenIssuer> CreateIssuerAsync() => new(DefaultParts.Issuer(_ => { }));
}

public sealed class ProfileTokenIssuerShownOnceConformanceTests : TokenIssuerConformanceTests
{
    protected override ValueTask<ITokenIssuer> CreateIssuerAsync() => new(DefaultParts.Issuer(options =>
    {
        options.Token.Disclosure = TokenDisclosure.Once;
        options.Token.Encoding = TokenEncoding.Decimal;
        options.Token.Bits = TokenOptions.MinimumBits;
    }));
}

public sealed class ProfileTokenIssuerDerivedConformanceTests : TokenIssuerConformanceTests
{
    protected override ValueTask<ITokenIssuer> CreateIssuerAsync() => new(DefaultParts.Issuer(options =>
    {
        options.Token.Source = TokenSource.Derived;
        options.Token.Format = "acme_verify_{0}";
        options.Keys.Add(new TokenKey { Id = "2026", Secret = Convert.ToBase64String(new byte[32]) });
    }));
}

/// <summary>The parts that <c>AddDomainVerification</c> registers.</summary>
internal static class DefaultParts
{
    public static ITokenIssuer Issuer(Action<DomainVerificationOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddDomainVerification(configure);
        return services.BuildServiceProvider().GetRequiredService<ITokenIssuer>();
    }
}
