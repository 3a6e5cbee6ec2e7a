namespace DomainVerification.Packages.Tests.Packed;

/// <summary>What each package may depend on. Arrows point down only; whoever needs more says here why.</summary>
internal static class AllowedDependencies
{
    private const string Abstractions = "DomainVerification.Abstractions";
    private const string Dns = "DomainVerification.Dns";
    private const string Core = "DomainVerification";

    // Versions of dependencies of dependencies are pinned, and a pinned one stands in the manifest like a direct one.
    private static readonly string[] Logging =
        ["Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions"];

    // What the core stands on, and so whatever stands on the core. Microsoft.Extensions.Http brings along most of it.
    private static readonly string[] Extensions =
    [
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.Configuration.Binder",
        "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Logging",
        "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Http", "Microsoft.Extensions.Options",
        "Microsoft.Extensions.Options.ConfigurationExtensions", "Polly.Core", .. Logging,
    ];

    private static readonly Dictionary<string, string[]> ByPackage = new()
    {
        [Abstractions] = [],
        [Dns] = Logging,
        [Core] = [Abstractions, Dns, .. Extensions],
        ["DomainVerification.Email"] = [Abstractions, Dns, Core, "Microsoft.AspNetCore.DataProtection.Abstractions", .. Extensions],
        ["DomainVerification.EntityFrameworkCore"] = [Abstractions, Core, "Microsoft.EntityFrameworkCore.Relational", .. Extensions],
        ["DomainVerification.AspNetCore"] = [Abstractions, Dns, Core, "Microsoft.AspNetCore.OpenApi", .. Extensions],
        ["DomainVerification.Testing"] = [Abstractions, Dns, .. Logging],
        ["DomainVerification.ConformanceTests"] = [Abstractions, Dns, "DomainVerification.Testing", "xunit.assert", "xunit.extensibility.core", "xunit.extensibility.execution", .. Logging],
        ["DomainVerification.DnsClient"] = [Abstractions, Dns, Core, "DnsClient", .. Extensions],
    };

    public static IReadOnlyList<string> Of(string package) => ByPackage.TryGetValue(package, out var allowed)
        ? allowed
        : throw new InvalidOperationException($"Say in {nameof(AllowedDependencies)} what {package} may depend on.");
}
