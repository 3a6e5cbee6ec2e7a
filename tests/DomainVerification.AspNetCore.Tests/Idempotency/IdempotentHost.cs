using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using DomainVerification.EntityFrameworkCore;
using DomainVerification.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

/// <summary>What outlives a host: the clock, the key ring, and the store or the file of one.</summary>
internal sealed class Surroundings : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-idempotency-");

    public ManualTimeProvider Time { get; } = new();

    public IDataProtectionProvider Keys { get; set; } = new EphemeralDataProtectionProvider();

    public FaultyStore Store { get; } = new(new InMemoryClaimStore());

    public string DatabaseFile => Path.Combine(_folder.FullName, "claims.db");

    public string ConnectionString => $"Data Source={DatabaseFile}";

    public void Dispose()
    {
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _folder.Delete(recursive: true);
    }
}

/// <summary>A host as a user of the package builds it, in memory.</summary>
internal sealed class IdempotentHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Surroundings? _own;

    private IdempotentHost(WebApplication app, Surroundings surroundings, Surroundings? own, ConcurrentQueue<string> log)
    {
        _app = app;
        _own = own;
        Surroundings = surroundings;
        Client = app.Services.GetRequiredService<IServer>() is TestServer server
            ? server.CreateClient()
            : new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Log = log;
    }

    public Surroundings Surroundings { get; }

    public ManualTimeProvider Time => Surroundings.Time;

    public FaultyStore Store => Surroundings.Store;

    public HttpClient Client { get; }

    public ConcurrentQueue<string> Log { get; }

    public static async Task<IdempotentHost> StartAsync(
        Action<WebApplication> map,
        Surroundings? surroundings = null,
        bool onSqlite = false,
        bool onKestrel = false,
        Action<DomainVerificationBuilder>? build = null)
    {
        var own = surroundings is null ? new Surroundings() : null;
        surroundings ??= own!;
        var log = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        if (onKestrel)
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.ClearProviders().AddProvider(new QueueLoggerProvider(log)).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(surroundings.Time);
        builder.Services.AddSingleton(surroundings.Keys);
        var verification = builder.Services
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .UseDnsResolver(new InMemoryDnsResolver(new DnsWorld()))
            .AddIdempotencyKeys();
        if (onSqlite)
        {
            verification.UseEntityFrameworkCoreStore(options => options.UseSqlite(surroundings.ConnectionString));
        }
        else
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<IIdempotencyStore>(surroundings.Store));
        }

        build?.Invoke(verification);
        var app = builder.Build();
        if (onSqlite)
        {
            await using var scope = app.Services.CreateAsyncScope();
            await using var context = await scope.ServiceProvider
                .GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>().CreateDbContextAsync();
            await context.Database.EnsureCreatedAsync();
        }

        app.Use(CatchAsync);
        app.Use(SignIn);
        map(app);
        await app.StartAsync();
        return new IdempotentHost(app, surroundings, own, log);
    }

    /// <summary>Sends a request as a user; a key is sent as it is given.</summary>
    public async Task<Reply> SendAsync(
        string path,
        string? key,
        string body = "{}",
        string method = "POST",
        string? user = "ann",
        string contentType = "application/json",
        CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method != "GET" && method != "HEAD")
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        }

        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (user is not null)
        {
            request.Headers.Add("X-User", user);
        }

        using var response = await Client.SendAsync(request, cancellationToken);
        return await Reply.OfAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _own?.Dispose();
    }

    private static async Task CatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static Task SignIn(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers["X-User"] is [{ } user])
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user)], "test"));
        }

        return next(context);
    }

    private sealed class QueueLoggerProvider(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => lines.Enqueue($"{eventId.Id} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}

/// <summary>A response, read.</summary>
internal sealed record Reply(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsReplayed => Headers.GetValueOrDefault("Idempotency-Replayed") == "true";

    public string? Code
    {
        get
        {
            if (Headers.GetValueOrDefault("Content-Type") != "application/problem+json")
            {
                return null;
            }

            using var problem = JsonDocument.Parse(Body);
            Assert.Equal(Status, problem.RootElement.GetProperty("status").GetInt32());
            return problem.RootElement.GetProperty("code").GetString();
        }
    }

    public static async Task<Reply> OfAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
}
