using DomainVerification.Tokens.Internal;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tests.Tokens;

/// <summary>Profiles by name, for parts that are tested without a host.</summary>
internal sealed class TestProfiles : Dictionary<string, DomainVerificationOptions>, IOptionsMonitor<DomainVerificationOptions>
{
    public static readonly TokenContext Context = new("", "acme", DomainName.Parse("example.com"), 1);

    public DomainVerificationOptions CurrentValue => this[""];

    public static ProfileTokenIssuer Issuer(Action<DomainVerificationOptions> configure)
    {
        var options = new DomainVerificationOptions();
        configure(options);
        return new ProfileTokenIssuer(new TestProfiles { [""] = options, ["sending"] = options });
    }

    /// <summary>A key whose secret is one octet many times.</summary>
    public static TokenKey Key(string id, byte octet = 7) =>
        new() { Id = id, Secret = Convert.ToBase64String(Enumerable.Repeat(octet, 32).ToArray()) };

    public DomainVerificationOptions Get(string? name) => this[name ?? ""];

    public IDisposable? OnChange(Action<DomainVerificationOptions, string?> listener) => null;
}
