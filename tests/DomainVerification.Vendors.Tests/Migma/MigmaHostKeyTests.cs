using DomainVerification.Testing;
using DomainVerification.Vendors.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using static DomainVerification.Vendors.Tests.Migma.MigmaClient;

namespace DomainVerification.Vendors.Tests.Migma;

/// <summary>Each sentence of the page about the Idempotency-Key, at the calls that document it.</summary>
public sealed class MigmaHostKeyTests
{
    private const string Acme = """{"domain":"acme.com"}""";
    private const string Other = """{"domain":"other.com"}""";

    [Fact]
    public async Task Same_key_and_same_body_replays_status_and_body()
    {
        await using var host = Start();
        host.Publish((await host.CallAsync(Bob, "POST", Initiate, Acme, "initiate")).Json.GetProperty("data").GetProperty("record"));
        var early = await host.CallAsync(Bob, "POST", Confirm, null, "confirm");

        await host.CallAsync(Bob, "DELETE", "/v1/domains/acme.com");
        var again = await host.CallAsync(Bob, "POST", Confirm, null, "confirm");

        Assert.Equal(200, early.Status);
        Assert.Equal((early.Status, early.Body, early.MediaType), (again.Status, again.Body, again.MediaType));
        Assert.Equal("true", again.Headers["Idempotency-Replayed"]);
        Assert.Equal((409, "CLAIM_ENDED"), await CodeAsync(host.CallAsync(Bob, "POST", Confirm)));
    }

    [Fact]
    public async Task An_error_is_replayed_too()
    {
        await using var host = Start();
        var initiated = await host.InitiateAsync(Bob);
        var early = await host.CallAsync(Bob, "POST", Confirm, null, "confirm");
        host.Publish(initiated.Json.GetProperty("data").GetProperty("record"));

        var again = await host.CallAsync(Bob, "POST", Confirm, null, "confirm");

        Assert.Equal((400, early.Body), (again.Status, again.Body));
        Assert.Equal(200, (await host.CallAsync(Bob, "POST", Confirm, null, "confirm-2")).Status);
    }

    [Fact]
    public async Task Same_key_and_a_different_body_is_409_IDEMPOTENCY_CONFLICT()
    {
        await using var host = Start();
        await host.CallAsync(Bob, "POST", Initiate, Acme, "k");

        var answer = await host.CallAsync(Bob, "POST", Initiate, Other, "k");

        Assert.Equal((409, "IDEMPOTENCY_CONFLICT", "application/json"), (answer.Status, answer.Code(), answer.MediaType));
        Assert.Equal(["success", "error", "code"], answer.Json.Members());
        Assert.Single((await host.Store.ListAsync(new ClaimQuery(), default)).Claims);
    }

    [Fact]
    public async Task A_key_is_remembered_for_24_hours()
    {
        var clock = new ManualTimeProvider();
        await using var host = Start(services: services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await host.CallAsync(Bob, "POST", Initiate, Acme, "k");

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var within = await host.CallAsync(Bob, "POST", Initiate, Other, "k");
        clock.Advance(TimeSpan.FromSeconds(1));
        var after = await host.CallAsync(Bob, "POST", Initiate, Other, "k");

        Assert.Equal((409, 200), (within.Status, after.Status));
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(101, 400)]
    public async Task A_key_has_at_most_100_characters(int length, int status)
    {
        await using var host = Start();

        var answer = await host.CallAsync(Bob, "POST", Initiate, Acme, new string('k', length));

        Assert.Equal(status, answer.Status);
        if (status == 400)
        {
            Assert.Equal("IDEMPOTENCY_KEY_TOO_LONG", answer.Code());
            Assert.Empty(await host.SnapshotAsync());
        }
    }

    [Fact]
    public async Task A_key_is_scoped_per_API_key()
    {
        await using var host = Start();

        var ann = await host.CallAsync(Ann, "POST", Initiate, Acme, "k");
        var bob = await host.CallAsync(Bob, "POST", Initiate, Other, "k");

        Assert.Equal((200, 200), (ann.Status, bob.Status));
        Assert.Equal("other.com", bob.Json.GetProperty("data").GetProperty("rootDomain").GetString());
    }

    [Fact]
    public async Task Calls_with_one_key_at_the_same_time_run_once()
    {
        await using var host = Start();
        host.Publish((await host.InitiateAsync(Bob)).Json.GetProperty("data").GetProperty("record"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.CallAsync(Bob, "POST", Confirm, null, "k")));

        Assert.All(answers, answer => Assert.True(answer.Status is 200 || answer.Code() == "IDEMPOTENCY_IN_PROGRESS", answer.Body));
        Assert.Single(answers.Where(answer => answer.Status == 200).Select(answer => answer.Body).Distinct());
    }

    private static async Task<(int Status, string? Code)> CodeAsync(Task<VendorAnswer> call)
    {
        var answer = await call;
        return (answer.Status, answer.Code());
    }
}
