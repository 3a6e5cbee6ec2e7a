using DomainVerification.AspNetCore.Tests.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>Who is let in, whom a request acts for, and that nobody learns of another's claims.</summary>
public sealed class AccessTests
{
    public static TheoryData<StoreKind> Stores() => [StoreKind.Memory, StoreKind.Sqlite];

    /// <summary>Every endpoint with a claim in its address.</summary>
    public static IEnumerable<(string Method, string Path)> OfAClaim { get; } =
    [
        ("GET", ""), ("GET", "/instructions"), ("GET", "/identities"), ("GET", "/provisioning"), ("GET", "/audit"), ("GET", "/events"),
        ("POST", "/verify"), ("POST", "/claim"), ("POST", "/confirm"), ("POST", "/unclaim"), ("POST", "/unverify"), ("POST", "/rotate-token"),
        ("POST", "/cancel"), ("DELETE", ""),
    ];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Anothers_claim_is_answered_byte_for_byte_like_a_missing_one(StoreKind store)
    {
        await using var host = await WebHost.StartAsync(store);
        var claim = await host.RequestAsync("acme.example", "bob");
        var before = await host.SnapshotAsync();
        foreach (var (method, path) in OfAClaim)
        {
            var anothers = await host.SendAsync(method, claim + path);
            var missing = await host.SendAsync(method, $"/domains/{Guid.Empty}{path}");
            var nonsense = await host.SendAsync(method, $"/domains/no-id{path}");

            Assert.Equal((404, "claim_not_found"), (anothers.Status, anothers.Code));
            Assert.Equal(Whole(missing), Whole(anothers));
            Assert.Equal(Whole(missing), Whole(nonsense));
        }

        Assert.Equal(
            Whole(await host.SendAsync("GET", "/domains/by-domain/none.example")),
            Whole(await host.SendAsync("GET", "/domains/by-domain/acme.example")));
        Assert.Empty((await host.SendAsync("GET", "/domains")).Json.GetProperty("claims").EnumerateArray());
        Assert.Equal(before, await host.SnapshotAsync());
    }

    [Fact]
    public async Task Nothing_is_anonymous()
    {
        await using var host = await WebHost.StartAsync();
        var claim = await host.RequestAsync("acme.example");
        var before = await host.SnapshotAsync();
        var all = OfAClaim.Select(item => (item.Method, claim + item.Path))
            .Append(("GET", "/domains")).Append(("POST", "/domains")).Append(("GET", "/domains/by-domain/acme.example"))
            .Append(("GET", "/reviews")).Append(("GET", $"/reviews/{Guid.Empty}")).Append(("POST", $"/reviews/{Guid.Empty}/approve"))
            .Append(("POST", $"/reviews/{Guid.Empty}/reject")).Append(("POST", $"/reviews/{Guid.Empty}/undo"));

        foreach (var (method, path) in all)
        {
            Assert.Equal(401, (await host.SendAsync(method, path, tenant: null)).Status);
        }

        Assert.Equal(before, await host.SnapshotAsync());
    }

    [Fact]
    public async Task Every_endpoint_asks_for_its_policy()
    {
        await using var host = await WebHost.StartAsync();

        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints)
        {
            var policy = Assert.Single(endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()).Policy;
            var isRead = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods is ["GET"];
            var isReview = endpoint.DisplayName!.Contains("/reviews", StringComparison.Ordinal);
            Assert.Equal(isReview ? "DomainVerification.Review" : isRead ? "DomainVerification.Read" : "DomainVerification.Write", policy);
        }
    }

    [Fact]
    public async Task A_customer_is_no_reviewer()
    {
        await using var host = await WebHost.StartAsync();

        Assert.Equal(403, (await host.SendAsync("GET", "/reviews")).Status);
        Assert.Equal(200, (await host.ReviewAsync("GET", "/reviews")).Status);
    }

    [Fact]
    public async Task A_policy_of_the_host_takes_the_place_of_the_default()
    {
        await using var host = await WebHost.StartAsync(configure: (builder, _) => builder.Services.AddAuthorizationBuilder()
            .AddPolicy(DomainVerificationPolicies.Write, policy => policy.RequireClaim("scope", "domain:write")));

        Assert.Equal(200, (await host.SendAsync("GET", "/domains")).Status);
        Assert.Equal(403, (await host.SendAsync("POST", "/domains", body: """{"domain":"acme.example"}""")).Status);
        Assert.Empty(await host.SnapshotAsync());
    }

    [Theory]
    [InlineData("sub=jo")]
    [InlineData("tenant=ann&tenant=bob&sub=jo")]
    [InlineData("tenant=%20&sub=jo")]
    [InlineData("tenant=a%00b&sub=jo")]
    public async Task A_user_whose_owner_is_not_clear_acts_for_nobody(string user)
    {
        await using var host = await WebHost.StartAsync();

        var answer = await host.SendAsync("POST", "/domains", null, """{"domain":"acme.example"}""", request =>
            request.Headers.Add(TestScheme.Header, user));

        Assert.Equal((403, "claimant_unknown"), (answer.Status, answer.Code));
        Assert.Empty(await host.SnapshotAsync());
    }

    [Fact]
    public async Task A_user_with_an_owner_and_no_name_acts_as_the_owner()
    {
        await using var host = await WebHost.StartAsync();
        await host.SendAsync("POST", "/domains", null, """{"domain":"acme.example"}""", request =>
            request.Headers.Add(TestScheme.Header, "tenant=ann"));

        var claim = (await host.Store.ListAsync(new ClaimQuery(), default)).Claims.Single();
        Assert.Equal(("ann", ClaimActor.User("ann")), (claim.Owner, claim.CreatedBy));
    }

    [Fact]
    public async Task The_host_says_whom_a_request_acts_for()
    {
        await using var host = await WebHost.StartAsync(configure: (_, sdk) => sdk.UseClaimantAccessor<ByHeader>());

        var answer = await host.SendAsync("POST", "/domains", "ann", """{"domain":"acme.example"}""", request =>
            request.Headers.Add("X-Organisation", "org-7"));

        Assert.Equal(201, answer.Status);
        var claim = (await host.Store.ListAsync(new ClaimQuery(), default)).Claims.Single();
        Assert.Equal(("org-7", ClaimActor.User("key-1")), (claim.Owner, claim.CreatedBy));
    }

    [Fact]
    public void Mapping_without_the_services_says_what_is_missing()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddDomainVerification();
        var app = builder.Build();

        var thrown = Assert.Throws<InvalidOperationException>(() => app.MapDomainVerification("/domains"));

        Assert.Contains("AddAspNetCore", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 50, 16384)]
    [InlineData(101, 50, 16384)]
    [InlineData(100, 0, 16384)]
    [InlineData(10, 11, 16384)]
    [InlineData(100, 50, 63)]
    [InlineData(100, 50, 1048577)]
    public void Options_that_no_request_could_be_answered_by_are_refused(int maximumPage, int page, int body)
    {
        var services = new ServiceCollection();
        services.AddDomainVerification().AddAspNetCore(options =>
            (options.MaximumPageSize, options.DefaultPageSize, options.MaximumBodyBytes) = (maximumPage, page, body));

        var options = services.BuildServiceProvider().GetRequiredService<IOptions<DomainVerificationWebOptions>>();

        Assert.Throws<OptionsValidationException>(() => options.Value);
    }

    private static string Whole(Answer answer) =>
        $"{answer.Status} {answer.Body}\n{string.Join('\n', answer.Headers.Select(header => $"{header.Key}: {header.Value}"))}";

    private sealed class ByHeader : IClaimantAccessor
    {
        public ValueTask<Claimant?> GetClaimantAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Claimant?>(new Claimant(context.Request.Headers["X-Organisation"].ToString(), ClaimActor.User("key-1")));

        public ValueTask<ClaimActor?> GetReviewerAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<ClaimActor?>(null);
    }
}
