using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using DomainVerification.Dns;
using DomainVerification.Testing;
using DomainVerification.Tests.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Tests.Diagnostics;

/// <summary>A token is a secret until it is published, and no log, trace or text of an object may hold it.</summary>
public class SecrecyTests
{
    [Theory]
    [InlineData(ProofMethod.DnsTxt, TokenSource.Random, null)]
    [InlineData(ProofMethod.DnsTxt, TokenSource.Derived, null)]
    [InlineData(ProofMethod.DnsTxt, TokenSource.Random, "dcv.host.example")]
    [InlineData(ProofMethod.DnsCname, TokenSource.Random, null)]
    [InlineData(ProofMethod.HttpFile, TokenSource.Random, null)]
    public async Task WholeWorkflow_LogsAndTraces_HoldNoToken(ProofMethod method, TokenSource source, string? delegation)
    {
        using var listener = new Listener();
        var dns = new DnsWorld();
        await using var server = LoopbackDnsServer.Start(dns);
        await using var web = LoopbackWebServer.Start();
        await using var world = new ClaimWorld(
            options =>
            {
                options.Methods.Add(method);
                options.Token.Source = source;
                options.DelegationZone = delegation;
                options.CnameZone = "verify.host.example";
                options.Keys.Add(TestProfiles.Key("k1"));
            },
            build =>
            {
                build.RouteFileChecksToLoopbackForTesting(web.HttpPort, web.HttpsPort);
                build.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(listener));
                build.Services.AddSingleton<IDnsResolver>(services => new ConfiguredServersResolver(
                    new DnsResolverOptions { Servers = { server.Endpoint.ToString() }, TryTimeout = TimeSpan.FromSeconds(30) },
                    TimeProvider.System,
                    services.GetRequiredService<ILogger<ConfiguredServersResolver>>()));
            });

        var tokens = await RunAsync(world, dns, web);

        Assert.Equal(3, tokens.Distinct().Count());
        Assert.Contains(listener.Lines, line => line.Contains("Claim", StringComparison.Ordinal));
        Assert.Contains(listener.Lines, line => line.Contains("DNS look-up", StringComparison.Ordinal));
        Assert.Contains(listener.Lines, line => line.StartsWith("activity ", StringComparison.Ordinal));
        foreach (var token in tokens)
        {
            Assert.DoesNotContain(listener.Lines, line => line.Contains(token, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task ToString_OfEverythingThatMayBeLogged_LeavesTheTokenOut()
    {
        await using var world = new ClaimWorld(options => options.DelegationZone = "dcv.host.example");
        var requested = await world.RequestAsync("acme", "example.com");
        var rotated = await world.Manager.RotateTokenAsync(ClaimReference.To(requested.Claim!));
        var issued = await TestProfiles.Issuer(_ => { }).IssueAsync(TestProfiles.Context, default);
        var key = TestProfiles.Key("k1");
        string[] secrets =
        [
            requested.Claim!.Challenge.Token.Value,
            rotated.Claim!.Challenge.Token.Value,
            issued.Value,
            key.Secret,
        ];
        object[] objects =
        [
            requested,
            requested.Claim,
            requested.Instructions!,
            requested.Instructions!.HostRecord!,
            new ChallengeFile("http://example.com/f", "example.com", "/f", requested.Instructions!.RecordValue),
            rotated,
            rotated.Claim,
            rotated.Claim.SpentTokens[0],
            rotated.Claim.Challenge,
            rotated.Claim.Challenge.Token,
            issued,
            issued.Stored,
            key,
            .. await world.Manager.ListEventsAsync(ClaimReference.To(rotated.Claim)),
        ];

        foreach (var text in objects.Select(item => item.ToString()!))
        {
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }
    }

    /// <summary>Request, a failed check, rotation, proof, claim, and a takeover by another owner.</summary>
    private static async Task<List<string>> RunAsync(ClaimWorld world, DnsWorld dns, LoopbackWebServer web)
    {
        var requested = await world.RequestAsync("acme", "example.com");
        var reference = ClaimReference.To(requested.Claim!);
        dns.Zone("example.com").Address("@", IPAddress.Parse("9.9.9.9"));
        Assert.Equal(ClaimResultStatus.NotProved, (await world.Manager.VerifyAsync(reference)).Status);
        var rotated = await world.Manager.RotateTokenAsync(reference);
        Publish(dns, web, rotated.Instructions!);
        (await world.Manager.ConfirmAsync(reference)).RequireClaim();

        var other = await world.RequestAsync("other", "example.com");
        Publish(dns, web, other.Instructions!);
        (await world.Manager.ConfirmAsync(ClaimReference.To(other.Claim!))).RequireClaim();
        await world.WorkAsync();
        return [TokenOf(requested.Instructions!), TokenOf(rotated.Instructions!), TokenOf(other.Instructions!)];
    }

    private static void Publish(DnsWorld dns, LoopbackWebServer web, ChallengeInstructions instructions)
    {
        if (instructions.File is { } file)
        {
            web.Put(file);
            return;
        }

        var zone = dns.Zone(instructions.Zone.Value).Remove(instructions.RecordName + ".");
        if (instructions.HostRecord is { } host)
        {
            dns.Zone("dcv.host.example").Txt(host.RecordName + ".", host.RecordValue);
        }

        _ = instructions.RecordType == "CNAME"
            ? zone.Cname(instructions.RecordName + ".", instructions.RecordValue + ".")
            : zone.Txt(instructions.RecordName + ".", instructions.RecordValue);
    }

    private static string TokenOf(ChallengeInstructions instructions)
    {
        var value = instructions.HostRecord?.RecordValue ?? instructions.RecordValue;
        return value.StartsWith("token=", StringComparison.Ordinal) ? value.Split(' ')[0][6..] : value.Split('.')[0];
    }

    /// <summary>Keeps all that is logged or traced while it lives, also by tests that run beside it.</summary>
    private sealed class Listener : ILoggerProvider, ILogger
    {
        private readonly ActivityListener _activities;
        private readonly ConcurrentQueue<string> _lines = new();

        public Listener()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = source => source.Name.StartsWith("DomainVerification", StringComparison.Ordinal),
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => _lines.Enqueue(
                    $"activity {activity.DisplayName} "
                    + string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))
                    + string.Join(' ', activity.Events.Select(entry => $"{entry.Name} {string.Join(' ', entry.Tags)}"))
                    + activity.StatusDescription),
            };
            ActivitySource.AddActivityListener(_activities);
        }

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var fields = state as IEnumerable<KeyValuePair<string, object?>> ?? [];
            _lines.Enqueue(string.Create(
                CultureInfo.InvariantCulture,
                $"{formatter(state, exception)} {string.Join(' ', fields.Select(field => $"{field.Key}={field.Value}"))} {exception}"));
        }

        public void Dispose() => _activities.Dispose();
    }
}
