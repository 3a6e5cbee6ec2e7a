using DomainVerification.AspNetCore.Tests.Web;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>The endpoints of operators, on both stores.</summary>
public sealed class ReviewTests
{
    public static TheoryData<StoreKind> Stores() => [StoreKind.Memory, StoreKind.Sqlite];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_takeover_is_seen_and_decided_by_an_operator(StoreKind store)
    {
        await using var host = await StartAsync(store);
        var claim = await ContestAsync(host);
        var review = claim.Replace("/domains/", "/reviews/", StringComparison.Ordinal);

        var listed = (await host.ReviewAsync("GET", "/reviews")).Json.GetProperty("reviews").EnumerateArray().Single();
        var read = await host.ReviewAsync("GET", review);
        Assert.Equal(listed.GetRawText(), read.Body);
        Assert.Equal(("bob", "acme.example"), (read.Json.GetProperty("claimant").GetString(), read.Json.GetProperty("domain").GetString()));
        Assert.DoesNotContain("the-first-holder", read.Body, StringComparison.Ordinal);

        var stale = await host.ReviewAsync("POST", review + "/approve", null, With("If-Match", "\"00\""));
        Assert.Equal((412, "precondition_failed"), (stale.Status, stale.Code));
        var approved = await host.ReviewAsync(
            "POST",
            review + "/approve",
            """{"reason":"papers seen"}""",
            With("If-Match", read.Headers["ETag"]));
        Assert.Equal(200, approved.Status);
        Assert.Equal("approved", approved.Claim.GetProperty("transfer").GetProperty("state").GetString());
        Assert.Equal((404, "review_not_found"), Refusal(await host.ReviewAsync("POST", review + "/reject")));

        var owners = await host.SendAsync("GET", claim, "bob");
        Assert.Equal("papers seen", owners.Json.GetProperty("transfer").GetProperty("decisionReason").GetString());
        Assert.DoesNotContain("olga", owners.Body + (await host.SendAsync("GET", claim + "/audit", "bob")).Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_takeover_that_was_done_is_given_back(StoreKind store)
    {
        await using var host = await WebHost.StartAsync(
            store,
            options => options.Transfers.UndoWindow = TimeSpan.FromDays(3));
        host.World.Zone("acme.example");
        await host.HoldAsync("acme.example", "the-first-holder");
        var (taken, confirmed) = await host.HoldAsync("acme.example", "bob");
        Assert.Equal("claimed", confirmed.Claim.GetProperty("status").GetString());
        var id = taken.Split('/')[^1];

        var undone = await host.ReviewAsync("POST", $"/reviews/{id}/undo", null, With("If-Match", confirmed.Headers["ETag"]));

        Assert.Equal(200, undone.Status);
        var restored = undone.Json.GetProperty("restoredClaim").GetString();
        var back = await host.SendAsync("GET", $"/domains/{restored}", "the-first-holder");
        Assert.Equal("claimed", back.Json.GetProperty("status").GetString());
        Assert.Equal((409, "undo_not_possible"), Refusal(await host.ReviewAsync("POST", $"/reviews/{id}/undo")));
        Assert.Equal((404, "claim_not_found"), Refusal(await host.ReviewAsync("POST", $"/reviews/{Guid.Empty}/undo")));
    }

    [Fact]
    public async Task A_reviewer_that_is_a_party_is_forbidden()
    {
        await using var host = await StartAsync(StoreKind.Memory);
        var claim = await ContestAsync(host);

        // The user of both tenants in these tests is jo.
        var review = claim.Replace("/domains/", "/reviews/", StringComparison.Ordinal);
        var decided = await host.SendAsync("POST", review + "/reject", null, null, request =>
            request.Headers.Add(TestScheme.Header, "sub=jo&role=DomainVerification.Review"));

        Assert.Equal((403, "reviewer_is_party"), Refusal(decided));
        Assert.Equal("in_review", (await host.SendAsync("GET", claim, "bob")).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_rejected_claim_ends_and_a_bad_reason_changes_nothing()
    {
        await using var host = await StartAsync(StoreKind.Memory);
        var claim = await ContestAsync(host);
        var review = claim.Replace("/domains/", "/reviews/", StringComparison.Ordinal);
        var before = await host.SnapshotAsync();
        var tooLong = $$"""{"reason":"{{new string('x', 1025)}}"}""";
        Assert.Equal((400, "reason_invalid"), Refusal(await host.ReviewAsync("POST", review + "/reject", tooLong)));
        Assert.Equal((400, "reason_invalid"), Refusal(await host.ReviewAsync("POST", review + "/reject", """{"reason":"a\u0000b"}""")));
        Assert.Equal((400, "body_malformed"), Refusal(await host.ReviewAsync("POST", review + "/reject", """{"actor":"eve"}""")));
        Assert.Equal((404, "review_not_found"), Refusal(await host.ReviewAsync("GET", "/reviews/nonsense")));
        Assert.Equal(before, await host.SnapshotAsync());

        Assert.Equal(200, (await host.ReviewAsync("POST", review + "/reject")).Status);
        Assert.Equal("rejected", (await host.SendAsync("GET", claim, "bob")).Json.GetProperty("status").GetString());
    }

    private static Task<WebHost> StartAsync(StoreKind store) => WebHost.StartAsync(
        store,
        options => options.Transfers.Policies = ["asks"],
        configure: (_, sdk) => sdk.AddTransferPolicy<Asks>("asks"));

    /// <summary>A domain that one tenant holds and another has proved: the address of the latter's claim.</summary>
    private static async Task<string> ContestAsync(WebHost host)
    {
        host.World.Zone("acme.example");
        await host.HoldAsync("acme.example", "the-first-holder");
        var (claim, contested) = await host.HoldAsync("acme.example", "bob");
        Assert.Equal((409, "transfer_in_review"), Refusal(contested));
        Assert.DoesNotContain("the-first-holder", contested.Body, StringComparison.Ordinal);
        return claim;
    }

    private static Action<HttpRequestMessage> With(string header, string value) =>
        request => Assert.True(request.Headers.TryAddWithoutValidation(header, value));

    private static (int, string?) Refusal(Answer answer) => (answer.Status, answer.Code);

    private sealed class Asks : ITransferPolicy
    {
        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(TransferDecision.Review("papers"));
    }
}
