using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>In a host with the claim API a key belongs to the claimant: the same user acting for another owner has other keys.</summary>
public sealed class ClaimantScopeTests
{
    private const string Body = """{"domain":"acme.example"}""";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_user_of_two_tenants_never_gets_the_reply_of_the_other(bool isAddedFirst)
    {
        await using var host = await StartAsync(isAddedFirst: isAddedFirst);

        var first = await SendAsync(host, "/domains", "tenant=ann&sub=jo");
        var other = await SendAsync(host, "/domains", "tenant=bob&sub=jo");
        var again = await SendAsync(host, "/domains", "tenant=ann&sub=jo");

        Assert.Equal((201, 201, 201), (first.Status, other.Status, again.Status));
        Assert.NotEqual(first.Claim.GetProperty("id").GetString(), other.Claim.GetProperty("id").GetString());
        Assert.Equal(first.Body, again.Body);
        Assert.Equal((false, false, true), (IsReplay(first), IsReplay(other), IsReplay(again)));
    }

    [Fact]
    public async Task Two_users_of_one_tenant_share_no_keys()
    {
        await using var host = await StartAsync();

        await SendAsync(host, "/domains", "tenant=ann&sub=jo");
        var other = await SendAsync(host, "/domains", "tenant=ann&sub=joe");

        // The claim is live already: 200, where a replay of the first answer would be 201.
        Assert.Equal((200, false), (other.Status, IsReplay(other)));
    }

    [Fact]
    public async Task No_names_can_be_made_to_look_like_others()
    {
        var runs = 0;
        await using var host = await StartAsync(app => app.MapPost("/run", () => $"{++runs}").RequireAuthorization().WithIdempotencyKey());
        string[] users =
        [
            "tenant=a&sub=bc", "tenant=ab&sub=c", "tenant=a%00&sub=bc", "tenant=1%3Aa&sub=bc", "tenant=a2%3A&sub=bc", "tenant=A&sub=bc",
            "tenant=a&sub=bC",
        ];

        foreach (var user in users)
        {
            Assert.False(IsReplay(await SendAsync(host, "/run", user)));
        }

        Assert.Equal(users.Length, runs);
    }

    [Fact]
    public async Task A_user_who_acts_for_nobody_has_keys_of_its_own_at_endpoints_of_the_host()
    {
        var runs = 0;
        await using var host = await StartAsync(app => app.MapPost("/run", () => $"{++runs}").RequireAuthorization().WithIdempotencyKey());

        await SendAsync(host, "/run", "sub=jo");

        Assert.True(IsReplay(await SendAsync(host, "/run", "sub=jo")));
        Assert.False(IsReplay(await SendAsync(host, "/run", "sub=eve")));
        Assert.False(IsReplay(await SendAsync(host, "/run", "tenant=ann&sub=jo")));
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task Whom_the_hosts_own_accessor_names_is_known_though_nobody_is_signed_in()
    {
        await using var host = await StartAsync(sdk: sdk => sdk.UseClaimantAccessor<ByHeader>());

        var first = await SendAsync(host, "/domains", null, "ann");
        var other = await SendAsync(host, "/domains", null, "bob");
        var nobody = await SendAsync(host, "/domains", null);

        Assert.Equal((201, 201), (first.Status, other.Status));
        Assert.False(IsReplay(other));
        Assert.True(IsReplay(await SendAsync(host, "/domains", null, "bob")));
        Assert.Equal((401, IdempotencyErrorCodes.ClientUnknown), (nobody.Status, nobody.Code));
    }

    [Fact]
    public async Task A_reviewer_is_known_by_what_the_accessor_says()
    {
        await using var host = await StartAsync(sdk: sdk => sdk.UseClaimantAccessor<ByHeader>());

        var first = await SendAsync(host, $"/reviews/{Guid.Empty}/approve", null, "olga");
        var other = await SendAsync(host, $"/reviews/{Guid.Empty}/approve", null, "otto");

        Assert.Equal((404, 404), (first.Status, other.Status));
        Assert.Equal((false, false), (IsReplay(first), IsReplay(other)));
        Assert.True(IsReplay(await SendAsync(host, $"/reviews/{Guid.Empty}/approve", null, "olga")));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"domain":"acme.example","owner":"bob"}""")]
    [InlineData("""{"domain":"com"}""")]
    [InlineData("""{"domain":"http://acme.example"}""")]
    [InlineData("""{"domain":"acme.example","method":"smoke"}""")]
    public async Task A_request_that_is_not_as_it_must_be_is_mended_under_its_key(string body)
    {
        await using var host = await StartAsync();

        var refused = await SendAsync(host, "/domains", "tenant=ann&sub=jo", body: body);
        var mended = await SendAsync(host, "/domains", "tenant=ann&sub=jo");

        Assert.InRange(refused.Status, 400, 422);
        Assert.Equal((201, false), (mended.Status, IsReplay(mended)));
        Assert.True(IsReplay(await SendAsync(host, "/domains", "tenant=ann&sub=jo")));
    }

    [Fact]
    public async Task A_stale_condition_is_mended_under_its_key_and_what_a_check_came_to_is_kept()
    {
        await using var host = await StartAsync();
        host.World.Zone("acme.example");
        var verify = await host.RequestAsync("acme.example") + "/verify";

        var stale = await SendAsync(host, verify, "tenant=ann&sub=jo", ifMatch: "\"stale\"");
        var mended = await SendAsync(host, verify, "tenant=ann&sub=jo", ifMatch: "*");
        var again = await SendAsync(host, verify, "tenant=ann&sub=jo", ifMatch: "*");

        Assert.Equal((412, 422, "proof_not_found"), (stale.Status, mended.Status, mended.Code));
        Assert.Equal((false, true), (IsReplay(mended), IsReplay(again)));
    }

    [Fact]
    public async Task A_path_base_that_tells_tenants_apart_tells_requests_apart()
    {
        var runs = 0;
        await using var host = await StartAsync(app => app.Map("/of-bob", branch =>
        {
            branch.UseRouting();
            branch.UseAuthorization();
            branch.UseEndpoints(routes => routes.MapPost("/run", () => $"{++runs}").RequireAuthorization().WithIdempotencyKey());
        }).Map("/of-ann", branch =>
        {
            branch.UseRouting();
            branch.UseAuthorization();
            branch.UseEndpoints(routes => routes.MapPost("/run", () => $"{++runs}").RequireAuthorization().WithIdempotencyKey());
        }));

        var bobs = await SendAsync(host, "/of-bob/run", "sub=jo");
        var anns = await SendAsync(host, "/of-ann/run", "sub=jo");

        Assert.Equal((200, "1"), (bobs.Status, bobs.Body));
        Assert.Equal((422, IdempotencyErrorCodes.KeyReused), (anns.Status, anns.Code));
        Assert.True(IsReplay(await SendAsync(host, "/of-bob/run", "sub=jo")));
    }

    [Fact]
    public async Task The_accessor_is_asked_once_a_request()
    {
        await using var host = await StartAsync(sdk: sdk => sdk.UseClaimantAccessor<Counted>());

        await SendAsync(host, "/domains", null);

        Assert.Equal(1, host.Services.GetRequiredService<Tally>().Calls);
    }

    private static bool IsReplay(Answer answer) => answer.Headers.GetValueOrDefault("Idempotency-Replayed") == "true";

    private static Task<WebHost> StartAsync(
        Action<WebApplication>? also = null,
        Action<DomainVerificationBuilder>? sdk = null,
        bool isAddedFirst = false) => WebHost.StartAsync(
        first: isAddedFirst ? added => added.AddIdempotencyKeys() : null,
        configure: (builder, added) =>
        {
            builder.Services.AddSingleton<Tally>();
            builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
            if (sdk is not null)
            {
                // Here the host's own keys are what lets in.
                builder.Services.AddAuthorizationBuilder()
                    .AddPolicy(DomainVerificationPolicies.Write, policy => policy.RequireAssertion(_ => true))
                    .AddPolicy(DomainVerificationPolicies.Review, policy => policy.RequireAssertion(_ => true));
            }

            added.AddIdempotencyKeys();
            sdk?.Invoke(added);
        },
        map: app =>
        {
            app.MapDomainVerification("/domains").WithIdempotencyKey();
            app.MapDomainVerificationReviews("/reviews").WithIdempotencyKey();
            also?.Invoke(app);
        });

    private static Task<Answer> SendAsync(
        WebHost host,
        string path,
        string? user,
        string? organisation = null,
        string? body = null,
        string? ifMatch = null) => host.SendAsync("POST", path, tenant: null, body ?? (path == "/domains" ? Body : null), request =>
        {
            request.Headers.Add("Idempotency-Key", "one-key");
            if (ifMatch is not null)
            {
                request.Headers.Add("If-Match", ifMatch);
            }

            if (user is not null)
            {
                request.Headers.Add(TestScheme.Header, user);
            }

            if (organisation is not null)
            {
                request.Headers.Add("X-Organisation", organisation);
            }
        });

    private sealed class ByHeader : IClaimantAccessor
    {
        public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(context.Request.Headers["X-Organisation"] is [{ } name] ? new Claimant(name) : null);

        public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(context.Request.Headers["X-Organisation"] is [{ } name] ? ClaimActor.User(name) : null);
    }

    private sealed class Tally
    {
        public int Calls { get; set; }
    }

    private sealed class Counted(Tally tally) : IClaimantAccessor
    {
        public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken)
        {
            tally.Calls++;
            return ValueTask.FromResult<Claimant?>(new Claimant("ann"));
        }

        public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ClaimActor?>(null);
    }
}
