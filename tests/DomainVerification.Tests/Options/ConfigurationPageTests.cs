using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using DomainVerification.Dns;
using DomainVerification.Tests.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tests.Options;

/// <summary>Holds <c>docs/configuration.md</c> against the code.</summary>
public class ConfigurationPageTests
{
    private static readonly string[] Page = [.. RefusalTable.Lines("docs/configuration.md")];

    private static readonly string Example =
        string.Join('\n', Page.SkipWhile(line => line != "```json").Skip(1).TakeWhile(line => line != "```"));

    [Fact]
    public void Tables_EveryOption_HasOneRowWithItsDefault()
    {
        var documented = Page
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(RefusalTable.Cells)
            .Select(cells => $"{cells[0].Trim('`')} = {cells[1].Trim('`')}");
        var actual = Options("", new DomainVerificationOptions())
            .Concat(Options("Keys:0:", new TokenKey()))
            .Concat(Options("Worker:", new DomainVerificationWorkerOptions()))
            .Concat(Options("CheckLimits:", new CheckLimitOptions()))
            .Concat(Options("Dns:", new DnsResolverOptions()))
            .Concat(Options("Http:", new HttpFileProofOptions()));

        Assert.Equal(actual.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Tables_EveryRow_SaysRangeAndMeaning() =>
        Assert.All(
            Page.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(RefusalTable.Cells),
            cells => Assert.True(cells.Length == 4 && cells[2].Length > 0 && cells[3].Length > 0, cells[0]));

    [Fact]
    public void Example_EveryKey_IsAnOptionOfTheTables()
    {
        var documented = Page
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => RefusalTable.Cells(line)[0].Trim('`'))
            .ToHashSet(StringComparer.Ordinal);
        var leaves = Configuration().AsEnumerable(makePathsRelative: false)
            .Where(pair => pair.Value is not null)
            .Select(pair => pair.Key["DomainVerification:".Length..])
            .Select(key => key.StartsWith("Profiles:sending:", StringComparison.Ordinal) ? key["Profiles:sending:".Length..] : key)
            .ToList();

        Assert.NotEmpty(leaves);
        Assert.All(leaves, leaf => Assert.True(
            documented.Contains(leaf) || documented.Contains(leaf[..Math.Max(0, leaf.LastIndexOf(':'))]), leaf));
    }

    [Fact]
    public async Task Example_InAHost_IsBoundAndStarts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddConfiguration(Configuration());
        builder.Services.AddDomainVerification();
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();

        var profiles = host.Services.GetRequiredService<IOptionsMonitor<DomainVerificationOptions>>();
        Assert.Equal("acme", profiles.Get("").Provider);
        Assert.Equal(TokenDisclosure.Once, profiles.Get("").Token.Disclosure);
        Assert.Equal("acme-mail", profiles.Get("sending").Provider);
        Assert.Equal([ProofMethod.DnsTxt, ProofMethod.DnsCname], profiles.Get("sending").Methods);
        Assert.Equal(2, host.Services.GetRequiredService<IOptions<DnsResolverOptions>>().Value.Servers.Count);
    }

    private static IConfigurationRoot Configuration() =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Example))).Build();

    /// <summary>All options of an object with their values as the tables write them, those of its parts included.</summary>
    private static IEnumerable<string> Options(string prefix, object options) => options.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => property.GetValue(options) switch
        {
            null or "" => [$"{prefix}{property.Name} = none"],
            TokenOptions or RecheckOptions or TransferOptions or WatchOptions or FileProofOptions => Options($"{prefix}{property.Name}:", property.GetValue(options)!),
            string text => [$"{prefix}{property.Name} = {text}"],
            bool value => [$"{prefix}{property.Name} = {(value ? "true" : "false")}"],
            IEnumerable => [$"{prefix}{property.Name} = empty"],
            IFormattable value => (IEnumerable<string>)[$"{prefix}{property.Name} = {value.ToString(null, CultureInfo.InvariantCulture)}"],
            var other => throw new InvalidOperationException($"{prefix}{property.Name} has a value of {other.GetType()}."),
        });
}
