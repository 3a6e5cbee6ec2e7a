using System.Diagnostics.Metrics;
using DomainVerification.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>What a host gets wrong stops it at the start; what it sees of keys afterwards.</summary>
public sealed class IdempotencySetupTests
{
    public static TheoryData<string, IdempotencyOptions> Wrong()
    {
        var right = IdempotencyOptions.Draft();
        return new TheoryData<string, IdempotencyOptions>
        {
            { "HeaderName", right with { HeaderName = "a b" } },
            { "MaximumKeyLength", right with { MaximumKeyLength = 0 } },
            { "MaximumKeyLength", right with { MaximumKeyLength = 256 } },
            { "LeaseDuration", right with { LeaseDuration = TimeSpan.Zero } },
            { "LeaseDuration", right with { LeaseDuration = TimeSpan.FromHours(2) } },
            { "Lifetime", right with { Lifetime = TimeSpan.FromSeconds(59) } },
            { "Lifetime", right with { Lifetime = TimeSpan.FromDays(31) } },
            { "RetryAfter", right with { RetryAfter = TimeSpan.Zero } },
            { "MaximumRequestBodySize", right with { MaximumRequestBodySize = -1 } },
            { "MaximumResponseBodySize", right with { MaximumResponseBodySize = IdempotencyOptions.LargestBody + 1 } },
            { "ConflictStatus", right with { ConflictStatus = 200 } },
            { "ConflictCode", right with { ConflictCode = "a\"b" } },
            { "Documentation", right with { Documentation = new Uri("/keys", UriKind.Relative) } },
            { "Set-Cookie", right with { ReplayedHeaders = right.ReplayedHeaders.Add("set-cookie") } },
        };
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Options_out_of_their_ranges_are_refused_where_they_are_given(string named, IdempotencyOptions options)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var endpoint = app.MapPost("/run", () => "ran");

        Assert.All(
            new Action[]
            {
                () => endpoint.WithIdempotencyKey(options),
                () => endpoint.RequireIdempotency(options),
                () => new ServiceCollection().AddDomainVerification().AddIdempotencyKeys(options),
            },
            act => Assert.Contains(named, Assert.Throws<ArgumentException>(act).Message, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_host_without_protection_does_not_start()
    {
        await using var app = Build(services => services.RemoveAll<IDataProtectionProvider>());

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync());

        Assert.Contains("AddDataProtection()", exception.Message, StringComparison.Ordinal);
        Assert.Contains("UseReplayProtector", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_without_the_registration_says_what_is_missing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        app.MapPost("/run", () => "ran").WithIdempotencyKey();

        var exception = Assert.Throws<InvalidOperationException>(
            () => ((Microsoft.AspNetCore.Routing.IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToList());

        Assert.Contains("AddIdempotencyKeys()", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_defaults_of_the_host_hold_where_an_endpoint_says_nothing()
    {
        await using var host = await IdempotentHost.StartAsync(
            app => app.MapPost("/run", () => "ran").WithIdempotencyKey(),
            build: builder => builder.AddIdempotencyKeys(IdempotencyOptions.Migma()).AddIdempotencyKeys());

        Assert.Equal(400, (await host.SendAsync("/run", new string('k', 101))).Status);
        Assert.Equal(200, (await host.SendAsync("/run", new string('k', 100))).Status);
    }

    [Fact]
    public async Task Answers_and_ends_are_counted_and_neither_key_nor_body_is_logged()
    {
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, subscribed) =>
        {
            if (instrument.Meter.Name == DomainVerificationDiagnostics.MeterName
                && instrument.Name.StartsWith("domainverification.idempotency.", StringComparison.Ordinal))
            {
                subscribed.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
            if (values["endpoint"] == "POST /counted")
            {
                lock (counted)
                {
                    counted.Add(values.GetValueOrDefault("answer") ?? values["end"]!);
                }
            }
        });
        listener.Start();
        await using var host = await IdempotentHost.StartAsync(app => app.MapPost("/counted", () => "shown-response").RequireIdempotency());

        await host.SendAsync("/counted", "very-own-key", "\"very-own-body\"");
        await host.SendAsync("/counted", "very-own-key", "\"very-own-body\"");
        await host.SendAsync("/counted", "very-own-key", "\"other-body\"");
        await host.SendAsync("/counted", "not,a,very-own-key");
        await host.SendAsync("/counted", null);

        Assert.Equal(
            [
                "started", "kept", "replayed",
                IdempotencyErrorCodes.KeyReused, IdempotencyErrorCodes.KeyInvalid, IdempotencyErrorCodes.KeyMissing,
            ],
            counted);
        Assert.Contains("8000 Told the response of an earlier run again at POST /counted", host.Log);
        Assert.Contains("8001 Refused an idempotent request to POST /counted: idempotency_key_reused", host.Log);
        Assert.All(
            new[] { "very-own-key", "very-own-body", "other-body", "shown-response" },
            secret => Assert.DoesNotContain(host.Log, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    private static WebApplication Build(Action<IServiceCollection> change)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddDomainVerification().AddIdempotencyKeys();
        change(builder.Services);
        return builder.Build();
    }

}
