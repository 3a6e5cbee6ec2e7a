using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>What the store keeps, who can read it, and what happens when nobody can.</summary>
public sealed class KeptOutcomeTests
{
    private const string Secret = "token-that-is-shown-once-4f1d";

    private int _runs;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_instance_replays(bool onSqlite)
    {
        using var surroundings = new Surroundings();
        await using var one = await IdempotentHost.StartAsync(Map, surroundings, onSqlite);
        await using var two = await IdempotentHost.StartAsync(Map, surroundings, onSqlite);

        var first = await one.SendAsync("/tokens", "k");
        var again = await two.SendAsync("/tokens", "k");

        Assert.Equal((201, first.Body, true, 1), (again.Status, again.Body, again.IsReplayed, _runs));
        Assert.Equal(first.Headers["Location"], again.Headers["Location"]);
    }

    [Fact]
    public async Task A_secret_is_not_in_the_database_file_in_the_clear()
    {
        using var surroundings = new Surroundings();
        await using var host = await IdempotentHost.StartAsync(Map, surroundings, onSqlite: true);

        var first = await host.SendAsync("/tokens", "key-that-can-be-found", "{\"password\":\"body-secret-77\"}");

        Assert.Contains(Secret, first.Body, StringComparison.Ordinal);
        var files = Directory.GetFiles(Path.GetDirectoryName(surroundings.DatabaseFile)!);
        var bytes = string.Concat(files.Select(file => Encoding.Latin1.GetString(ReadShared(file))));
        Assert.Contains("key-that-can-be-found", bytes, StringComparison.Ordinal);
        foreach (var part in new[] { Secret, "/tokens/1", "body-secret-77" })
        {
            Assert.DoesNotContain(part, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(part)), bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(part))[..^4], bytes, StringComparison.Ordinal);
        }

        Assert.True((await host.SendAsync("/tokens", "key-that-can-be-found", "{\"password\":\"body-secret-77\"}")).IsReplayed);
    }

    [Fact]
    public async Task A_lost_key_ring_runs_nothing_again()
    {
        using var surroundings = new Surroundings();
        await using var one = await IdempotentHost.StartAsync(Map, surroundings);
        await one.SendAsync("/tokens", "k");
        surroundings.Keys = new EphemeralDataProtectionProvider();
        await using var two = await IdempotentHost.StartAsync(Map, surroundings);

        var reply = await two.SendAsync("/tokens", "k");

        Assert.Equal((409, IdempotencyErrorCodes.NotReplayable, 1), (reply.Status, reply.Code, _runs));
        Assert.Contains(two.Log, line => line.StartsWith("8005 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outcome_of_another_key_or_client_is_not_taken()
    {
        await using var host = await IdempotentHost.StartAsync(Map);
        await host.SendAsync("/tokens", "theirs", user: "bob");
        var theirs = host.Store.Outcome;
        await host.SendAsync("/tokens", "mine");

        host.Store.Alter = _ => theirs;

        Assert.Equal(IdempotencyErrorCodes.NotReplayable, (await host.SendAsync("/tokens", "mine")).Code);
        Assert.True((await host.SendAsync("/tokens", "theirs", user: "bob")).IsReplayed);
    }

    [Fact]
    public async Task An_altered_outcome_is_never_a_500()
    {
        await using var host = await IdempotentHost.StartAsync(Map);
        await host.SendAsync("/tokens", "k");
        for (var at = 0; at < host.Store.Outcome.Length; at++)
        {
            host.Store.Alter = outcome =>
            {
                var altered = outcome.ToArray();
                altered[at] ^= 0x41;
                return altered;
            };
            Assert.Equal(IdempotencyErrorCodes.NotReplayable, (await host.SendAsync("/tokens", "k")).Code);
            host.Store.Alter = outcome => outcome[..at];
            Assert.Equal(IdempotencyErrorCodes.NotReplayable, (await host.SendAsync("/tokens", "k")).Code);
        }

        Assert.Equal(1, _runs);
    }

    [Fact]
    public async Task A_protector_that_is_out_does_not_take_the_response_away_or_run_it_again()
    {
        await using var host = await IdempotentHost.StartAsync(
            Map,
            build: builder => Microsoft.Extensions.DependencyInjection.DomainVerificationIdempotencyBuilderExtensions
                .UseReplayProtector<BrokenProtector>(builder));

        Assert.Equal(201, (await host.SendAsync("/tokens", "k")).Status);
        Assert.Equal((IdempotencyErrorCodes.NotReplayable, 1), ((await host.SendAsync("/tokens", "k")).Code, _runs));
    }

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Map(WebApplication app) => app.MapPost("/tokens", () =>
        TypedResults.Created($"/tokens/{++_runs}", Secret)).WithIdempotencyKey();

    private sealed class BrokenProtector : IReplayProtector
    {
        public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> outcome, IdempotencyKey key, CancellationToken cancellationToken) =>
            throw new IOException("The vault is out.");

        public ValueTask<byte[]> UnprotectAsync(
            ReadOnlyMemory<byte> protectedOutcome,
            IdempotencyKey key,
            CancellationToken cancellationToken) => throw new IOException("The vault is out.");
    }
}
