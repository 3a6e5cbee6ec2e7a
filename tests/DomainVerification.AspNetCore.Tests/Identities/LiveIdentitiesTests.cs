using System.Text.Json;
using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Tests.Identities;

/// <summary>The identities of a claim, as their provisioners say they are now.</summary>
public sealed class LiveIdentitiesTests : IDisposable
{
    private readonly LogLines _log = new();

    [Fact]
    public async Task Statuses_and_present_records_are_shown_where_the_provisioner_knows_them()
    {
        var (host, claim) = await HeldAsync();
        await using var _ = host;

        var shown = await IdentitiesAsync(host, claim);

        var live = shown.Single(identity => identity.GetProperty("id").GetString() == "m1");
        Assert.Equal("verifying", live.GetProperty("status").GetString());
        Assert.Equal("eu-west-1", live.GetProperty("details").GetProperty("region").GetString());
        var record = Assert.Single(live.GetProperty("records").EnumerateArray());
        Assert.Equal(("new", "failed"), (record.GetProperty("value").GetString(), record.GetProperty("status").GetString()));
        Assert.Equal("wrong_value", record.GetProperty("problem").GetProperty("code").GetString());
        Assert.Equal("Publish it.", record.GetProperty("fix").GetString());
        Assert.False(record.GetProperty("optional").GetBoolean());
    }

    [Fact]
    public async Task An_identity_that_nobody_knows_more_of_is_shown_as_it_was_made()
    {
        var (host, claim) = await HeldAsync();
        await using var _ = host;

        var shown = await IdentitiesAsync(host, claim);

        var plain = shown.Single(identity => identity.GetProperty("id").GetString() == "m2");
        Assert.Equal(["id", "kind", "provisioner", "records"], plain.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ["type", "name", "value"],
            Assert.Single(plain.GetProperty("records").EnumerateArray()).EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task A_provisioner_that_throws_hides_no_identity()
    {
        var (host, claim) = await HeldAsync();
        await using var _ = host;
        host.Services.GetRequiredService<Switch>().Throws = true;

        var shown = await IdentitiesAsync(host, claim);

        Assert.Equal(["m1", "m2"], shown.Select(identity => identity.GetProperty("id").GetString()));
        Assert.All(shown, identity => Assert.False(identity.TryGetProperty("status", out JsonElement _)));
        await _log.FindAsync("9005", "mail");
    }

    [Fact]
    public async Task A_claim_that_holds_no_more_shows_nothing_live()
    {
        var (host, claim) = await HeldAsync();
        await using var _ = host;
        await host.SendAsync("POST", claim + "/unclaim");
        host.Services.GetRequiredService<Switch>().Throws = true;

        var shown = await IdentitiesAsync(host, claim);

        Assert.All(shown, identity => Assert.False(identity.TryGetProperty("status", out JsonElement _)));
    }

    public void Dispose() => _log.Dispose();

    private static async Task<List<JsonElement>> IdentitiesAsync(WebHost host, string claim)
    {
        var answer = await host.SendAsync("GET", claim + "/identities");
        Assert.Equal(200, answer.Status);
        return [.. answer.Json.GetProperty("identities").EnumerateArray()];
    }

    private async Task<(WebHost Host, string Claim)> HeldAsync()
    {
        var host = await WebHost.StartAsync(configure: (builder, sdk) =>
        {
            builder.Services.AddSingleton<Switch>();
            builder.Logging.AddProvider(_log);
            sdk.ConfigureWorker(options => options.Enabled = true).AddIdentityProvisioner<Mailbox>("mail");
        });
        host.World.Zone("acme.example");
        var claim = (await host.HoldAsync("acme.example")).Claim;

        // The provisioner has no timer to wait for, so the claim itself tells when it is done.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while ((await IdentitiesAsync(host, claim)).Count == 0)
        {
            await host.Clock.WaitForTimersAsync(1, patience.Token);
            host.Clock.Advance(new DomainVerificationWorkerOptions().PollInterval);
        }

        return (host, claim);
    }

    private sealed class Switch
    {
        public bool Throws { get; set; }
    }

    private sealed class Mailbox(Switch fault) : IIdentityProvisioner, IIdentityStatuses
    {
        public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(ProvisionResult.Done(Made("m1"), Made("m2")));

        public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(ProvisionResult.Done());

        public Task<IReadOnlyList<IdentityStatus>> ListStatusesAsync(DomainClaim claim, CancellationToken cancellationToken) =>
            fault.Throws
                ? throw new TimeoutException()
                : Task.FromResult<IReadOnlyList<IdentityStatus>>(
                [
                    new IdentityStatus
                    {
                        Id = "m1",
                        Status = "verifying",
                        Details = new Dictionary<string, string> { ["region"] = "eu-west-1" },
                        Records =
                        [
                            new IdentityRecordStatus(new IdentityRecord("TXT", "k.acme.example", "new"), "failed")
                            {
                                Problem = new DomainVerificationError("wrong_value", "There is another value."),
                                Fix = "Publish it.",
                            },
                        ],
                    },
                ]);

        private static ProvisionedIdentity Made(string id) => new()
        {
            Id = id,
            Kind = "marketing",
            Records = [new IdentityRecord("TXT", "k.acme.example", "old")],
        };
    }
}
