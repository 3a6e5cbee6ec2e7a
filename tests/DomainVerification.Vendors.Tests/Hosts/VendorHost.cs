using System.Text;
using DomainVerification.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Vendors.Tests.Hosts;

/// <summary>
/// A sample as its users run it: its own Program on a free port of loopback over real HTTP, a database file of its own, and a name server
/// that speaks real UDP and TCP.
/// </summary>
/// <typeparam name="TEntry">Any type of the sample's assembly.</typeparam>
internal sealed class VendorHost<TEntry> : IAsyncDisposable
    where TEntry : class
{
    private readonly Factory _factory;
    private readonly DirectoryInfo _folder;
    private readonly LoopbackDnsServer? _dns;

    // A host that watches its settings for changes leaves watchers behind, of which a user of Linux may have 128.
    static VendorHost() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");

    private VendorHost(Factory factory, DirectoryInfo folder, LoopbackDnsServer? dns)
    {
        (_factory, _folder, _dns) = (factory, folder, dns);
        factory.UseKestrel(0);
        factory.StartServer();
        Client = factory.CreateClient(new WebApplicationFactoryClientOptions
        {
            BaseAddress = factory.ClientOptions.BaseAddress,
            AllowAutoRedirect = false,
            HandleCookies = false,
        });
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _factory.Services;

    public LoopbackDnsServer Dns => _dns ?? throw new InvalidOperationException("This host asks a name server of the test's own.");

    public DnsWorld World => Dns.World;

    public IClaimStore Store => Services.GetRequiredService<IClaimStore>();

    /// <summary>Starts the sample.</summary>
    /// <param name="settings">Settings of the host, above those of its own files.</param>
    /// <param name="services">Services to replace, such as the clock.</param>
    /// <param name="nameserver">Another name server to ask, such as a real one; the embedded one where null.</param>
    public static VendorHost<TEntry> Start(
        IReadOnlyDictionary<string, string>? settings = null,
        Action<IServiceCollection>? services = null,
        string? nameserver = null)
    {
        var folder = Directory.CreateTempSubdirectory("dv-vendor-");
        var dns = nameserver is null ? LoopbackDnsServer.Start(new DnsWorld()) : null;
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["ConnectionStrings:Claims"] = $"Data Source={Path.Combine(folder.FullName, "claims.db")};Pooling=False",
            ["DomainVerification:Dns:Servers:0"] = nameserver ?? dns!.Endpoint.ToString(),
            ["DomainVerification:Dns:TryTimeout"] = "00:00:05",
            ["DomainVerification:Dns:FailureRetention"] = "00:00:00",
            ["DomainVerification:Worker:PollInterval"] = "00:00:00.1",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            all[key] = value;
        }

        return new VendorHost<TEntry>(new Factory(all, services), folder, dns);
    }

    /// <summary>Sends a request, with a JSON body where one is given, and reads all of the answer.</summary>
    public async Task<VendorAnswer> SendAsync(
        string method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, new UTF8Encoding(false), "application/json");
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(
                request.Headers.TryAddWithoutValidation(name, value)
                || request.Content?.Headers.TryAddWithoutValidation(name, value) is true,
                $"The header {name} cannot be sent.");
        }

        return await SendAsync(request);
    }

    public async Task<VendorAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return new VendorAnswer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Every claim with its version and status, to see that a refused request changed nothing.</summary>
    public async Task<string> SnapshotAsync()
    {
        var page = await Store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, CancellationToken.None);
        return string.Join('\n', page.Claims.Select(claim => $"{claim.Id} {claim.Owner} {claim.Version} {claim.Status}"));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
        if (_dns is not null)
        {
            await _dns.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private sealed class Factory(IReadOnlyDictionary<string, string> settings, Action<IServiceCollection>? services)
        : WebApplicationFactory<TEntry>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            builder.UseEnvironment("Development");
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureTestServices(collection => services?.Invoke(collection));
        }
    }
}
