using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using DomainVerification.EntityFrameworkCore;
using DomainVerification.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Tests.Web;

/// <summary>Which store a host runs on.</summary>
public enum StoreKind
{
    Memory,
    Sqlite,
}

/// <summary>A host with the claim API behind real authentication and authorization, in memory, on a manual clock.</summary>
internal sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo? _folder;

    private WebHost(WebApplication app, DirectoryInfo? folder, ManualTimeProvider clock, DnsWorld world, InMemoryDnsResolver resolver)
    {
        (_app, _folder, Clock, World, Resolver) = (app, folder, clock, world, resolver);
        Client = app.Services.GetRequiredService<IServer>() is TestServer
            ? app.GetTestClient()
            : new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public ManualTimeProvider Clock { get; }

    public DnsWorld World { get; }

    public InMemoryDnsResolver Resolver { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public IClaimStore Store => Services.GetRequiredService<IClaimStore>();

    public static async Task<WebHost> StartAsync(
        StoreKind store = StoreKind.Memory,
        Action<DomainVerificationOptions>? profile = null,
        Action<DomainVerificationWebOptions>? web = null,
        Action<WebApplicationBuilder, DomainVerificationBuilder>? configure = null,
        Action<WebApplication>? map = null,
        Action<DomainVerificationBuilder>? first = null,
        bool onKestrel = false)
    {
        var clock = new ManualTimeProvider();
        var world = new DnsWorld();
        var resolver = new InMemoryDnsResolver(world, clock);
        var builder = WebApplication.CreateSlimBuilder();
        if (onKestrel)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddAuthentication(TestScheme.Name).AddScheme<AuthenticationSchemeOptions, TestScheme>(TestScheme.Name, null);
        builder.Services.Configure<DomainVerificationWorkerOptions>(options => options.Enabled = false);
        first?.Invoke(builder.Services.AddDomainVerification());
        var sdk = builder.Services
            .AddDomainVerification(options =>
            {
                options.Provider = "contoso";
                options.AllowUnlistedSuffixes = true;
                profile?.Invoke(options);
            })
            .UseDnsResolver(resolver)
            .AddAspNetCore(options =>
            {
                options.OwnerClaimTypes = ["tenant"];
                options.ActorClaimTypes = ["sub"];
                web?.Invoke(options);
            });
        var folder = store == StoreKind.Sqlite ? Directory.CreateTempSubdirectory("dv-web-") : null;
        if (folder is not null)
        {
            var connection = $"Data Source={Path.Combine(folder.FullName, "claims.db")};Pooling=False";
            sdk.UseEntityFrameworkCoreStore(options => options.UseSqlite(connection));
        }

        configure?.Invoke(builder, sdk);
        var app = builder.Build();
        if (folder is not null)
        {
            await using var context = await app.Services
                .GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>().CreateDbContextAsync();
            await context.Database.EnsureCreatedAsync();
        }

        app.UseAuthentication();
        app.UseAuthorization();
        if (map is null)
        {
            app.MapDomainVerification("/domains");
            app.MapDomainVerificationReviews("/reviews");
        }
        else
        {
            map(app);
        }

        await app.StartAsync();
        return new WebHost(app, folder, clock, world, resolver);
    }

    /// <summary>Sends a request as a user of a tenant; as nobody where it is null.</summary>
    public async Task<Answer> SendAsync(
        string method,
        string path,
        string? tenant = "ann",
        string? body = null,
        Action<HttpRequestMessage>? shape = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (tenant is not null)
        {
            request.Headers.Add(TestScheme.Header, $"tenant={Uri.EscapeDataString(tenant)}&sub=jo");
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, new UTF8Encoding(false), new MediaTypeHeaderValue("application/json"));
        }

        shape?.Invoke(request);
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new Answer(
            (int)response.StatusCode,
            await ReadAsync(response.Content),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Sends a request as an operator.</summary>
    public Task<Answer> ReviewAsync(string method, string path, string? body = null, Action<HttpRequestMessage>? shape = null) =>
        SendAsync(method, path, null, body, request =>
        {
            request.Headers.Add(TestScheme.Header, "sub=olga&role=DomainVerification.Review");
            shape?.Invoke(request);
        });

    /// <summary>Requests a domain and gives the address of the claim.</summary>
    public async Task<string> RequestAsync(string domain, string tenant = "ann") =>
        (await SendAsync("POST", "/domains", tenant, $$"""{"domain":"{{domain}}"}""")).Headers["Location"];

    /// <summary>Publishes what a claim asks for.</summary>
    public async Task PublishAsync(string claim, string tenant = "ann")
    {
        var instructions = (await SendAsync("GET", claim + "/instructions", tenant)).Json;
        World.ZoneOf(instructions.GetProperty("recordName").GetString()!)
            .Txt(instructions.GetProperty("recordName").GetString()!, instructions.GetProperty("recordValue").GetString()!);
    }

    /// <summary>Requests, publishes and confirms, so that the tenant holds the domain where nobody else does.</summary>
    public async Task<(string Claim, Answer Confirmed)> HoldAsync(string domain, string tenant = "ann")
    {
        var claim = await RequestAsync(domain, tenant);
        await PublishAsync(claim, tenant);
        return (claim, await SendAsync("POST", claim + "/confirm", tenant));
    }

    /// <summary>Every claim with its version, to see that nothing changed.</summary>
    public async Task<string> SnapshotAsync()
    {
        var page = await Store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, default);
        return string.Join('\n', page.Claims.Select(claim => $"{claim.Id} {claim.Owner} {claim.Version} {claim.Status}"));
    }

    public Task StopAsync() => _app.StopAsync();

    /// <summary>The whole body; of a stream, which need not end, only how it begins.</summary>
    private static async Task<string> ReadAsync(HttpContent content)
    {
        if (content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return await content.ReadAsStringAsync();
        }

        using var reader = new StreamReader(await content.ReadAsStreamAsync());
        return await reader.ReadLineAsync() ?? string.Empty;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _folder?.Delete(recursive: true);
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string Body, string? MediaType, Dictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Code => Json.GetProperty("code").GetString();

    public JsonElement Claim => Json.GetProperty("claim");
}
