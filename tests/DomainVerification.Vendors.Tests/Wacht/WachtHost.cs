using System.Text.Json;
using DomainVerification.Testing;
using DomainVerification.Vendors.Tests.Hosts;
using Wacht;

namespace DomainVerification.Vendors.Tests.Wacht;

/// <summary>The sample host with the users of its settings, called as browsers call it: with the cookie of a session.</summary>
internal sealed class WachtHost : IAsyncDisposable
{
    public const string Acme = "/organizations/org_acme/domains";
    public const string Other = "/organizations/org_other/domains";

    private readonly VendorHost<Organizations> _host;

    private WachtHost(VendorHost<Organizations> host) => _host = host;

    public DnsWorld World => _host.World;

    public DnsFaults Faults => _host.Dns.Faults;

    public IClaimStore Store => _host.Store;

    /// <summary>The cookie of ann, who is an admin of org_acme.</summary>
    public string Ann { get; private set; } = string.Empty;

    /// <summary>The cookie of mia, who is a member of org_acme.</summary>
    public string Mia { get; private set; } = string.Empty;

    /// <summary>The cookie of bob, who may manage org_other.</summary>
    public string Bob { get; private set; } = string.Empty;

    public static async Task<WachtHost> StartAsync()
    {
        var host = new WachtHost(VendorHost<Organizations>.Start());
        host.World.Zone("acme.com");
        host.Ann = Cookie(await host.SignInAsync("ann@acme.com", "password-of-ann"));
        host.Mia = Cookie(await host.SignInAsync("mia@acme.com", "password-of-mia"));
        host.Bob = Cookie(await host.SignInAsync("bob@other.com", "password-of-bob"));
        return host;
    }

    public static string Cookie(VendorAnswer signedIn) => signedIn.Headers["Set-Cookie"].Split(';')[0];

    public Task<VendorAnswer> SignInAsync(string email, string password) =>
        _host.SendAsync("POST", "/auth/signin", JsonSerializer.Serialize(new { email, password }));

    public Task<VendorAnswer> SendAsync(string? cookie, string method, string path, string? body = null) =>
        _host.SendAsync(method, path, body, cookie is null ? [] : [("Cookie", cookie)]);

    public Task<VendorAnswer> SendAsync(HttpRequestMessage request) => _host.SendAsync(request);

    public Task<string> SnapshotAsync() => _host.SnapshotAsync();

    public Task<VendorAnswer> AddAsync(string? cookie = null, string domain = "acme.com", string domains = Acme) =>
        SendAsync(cookie ?? Ann, "POST", domains, $$"""{"domain":"{{domain}}"}""");

    /// <summary>Publishes what an answer says, in the zone of its domain, as the customer does.</summary>
    public void Publish(VendorAnswer added, string zone = "acme.com")
    {
        var record = added.Json.GetProperty("data").GetProperty("verification_instructions").GetProperty("dns_record");
        Assert.Equal("TXT", record.GetProperty("type").GetString());
        World.Zone(zone).Txt($"{record.GetProperty("name").GetString()}.{zone}.", record.GetProperty("value").GetString()!);
    }

    public Task<VendorAnswer> VerifyAsync(VendorAnswer added, string? cookie = null, string domains = Acme) =>
        SendAsync(cookie ?? Ann, "POST", $"{domains}/{Id(added)}/verify");

    public async Task<VendorAnswer> VerifiedAsync(string domain = "acme.com")
    {
        var added = await AddAsync(domain: domain);
        Publish(added);
        return await VerifyAsync(added);
    }

    public static string Id(VendorAnswer answer) => Domain(answer).GetProperty("id").GetString()!;

    public static JsonElement Domain(VendorAnswer answer) => answer.Json.GetProperty("data").GetProperty("domain");

    /// <summary>Status and code of an error, in the envelope of every answer.</summary>
    public static (int Status, string? Code) Error(VendorAnswer answer)
    {
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(
            ["status", "message", "data", "session", "errors"],
            answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(answer.Status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal(JsonValueKind.Null, answer.Json.GetProperty("data").ValueKind);
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(answer.Json.GetProperty("message").GetString(), error.GetProperty("message").GetString());
        return (answer.Status, error.GetProperty("code").GetString());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
