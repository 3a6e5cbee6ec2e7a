using System.Globalization;
using DomainVerification.Testing;
using DomainVerification.Vendors.Tests.Hosts;
using Webex;

namespace DomainVerification.Vendors.Tests.WebexDomains;

/// <summary>The Webex sample with two organizations that may call it.</summary>
internal sealed class WebexHost : IAsyncDisposable
{
    public const string Organization = "bf732c85-68ca-4867-94e4-937286ad2fd4";
    public const string Other = "00000000-0000-4000-8000-000000000002";
    public const string Scope = "identity:organizations_rw";

    private WebexHost(VendorHost<VerifyRequest> host, Jwt jwt) => (Host, Jwt) = (host, jwt);

    public Jwt Jwt { get; }

    public VendorHost<VerifyRequest> Host { get; }

    public DnsWorld World => Host.World;

    /// <summary>Starts the sample, with users where a test is about them.</summary>
    public static WebexHost Start(params (string Email, string Organization)[] users) => Start(null, users);

    /// <summary>Starts the sample with another limit of checks than the SDK's.</summary>
    public static WebexHost StartLimited(int checks)
    {
        var jwt = new Jwt();
        var settings = jwt.Settings;
        settings["DomainVerification:CheckLimits:PerOwner"] = checks.ToString(CultureInfo.InvariantCulture);
        return new WebexHost(VendorHost<VerifyRequest>.Start(settings), jwt);
    }

    public static WebexHost Start(string? unenforced, params (string Email, string Organization)[] users)
    {
        var jwt = new Jwt();
        var settings = jwt.Settings;
        for (var i = 0; i < Math.Max(users.Length, 2); i++)
        {
            // The sample's own two users are overwritten.
            settings[$"Directory:Users:{i}:Email"] = i < users.Length ? users[i].Email : $"user{i}@elsewhere.org";
            settings[$"Directory:Users:{i}:Organization"] = i < users.Length ? users[i].Organization : "elsewhere";
        }

        if (unenforced is not null)
        {
            settings["Directory:Unenforced:0"] = unenforced;
        }

        return new WebexHost(VendorHost<VerifyRequest>.Start(settings), jwt);
    }

    public static string Path(string action, string organization = Organization) =>
        $"/v1/identity/organizations/{organization}/actions/{action}";

    /// <summary>The claims of a token of a full administrator.</summary>
    public static (string Type, string Value)[] Claims(string organization = Organization, string scope = Scope) =>
        [("sub", "ann"), ("org", organization), ("role", "id_full_admin"), ("scope", scope)];

    public Task<VendorAnswer> SendAsync(string action, string body, string organization = Organization) =>
        Host.SendAsync("POST", Path(action, organization), body, Jwt.Header(Claims(organization)));

    public Task<VendorAnswer> TokenAsync(string domain = "cisco.com", string organization = Organization) =>
        SendAsync("getDomainVerificationToken", $$"""{"domain":"{{domain}}"}""", organization);

    public Task<VendorAnswer> VerifyAsync(string domain = "cisco.com", string organization = Organization) =>
        SendAsync("verifyDomain", $$"""{"domain":"{{domain}}"}""", organization);

    public Task<VendorAnswer> ClaimAsync(string domain = "cisco.com", string organization = Organization) =>
        SendAsync("claimDomain", $$"""{"data":[{"domain":"{{domain}}"}]}""", organization);

    public Task<VendorAnswer> UnclaimAsync(string domain = "cisco.com", string organization = Organization) =>
        SendAsync("unclaimDomain", $$"""{"domain":"{{domain}}"}""", organization);

    public Task<VendorAnswer> UnverifyAsync(string domain = "cisco.com", string organization = Organization, string more = "") =>
        SendAsync("unverifyDomain", $$"""{"domain":"{{domain}}"{{more}}}""", organization);

    /// <summary>Gets a token and publishes it.</summary>
    public async Task PublishAsync(string domain = "cisco.com", string organization = Organization)
    {
        var token = (await TokenAsync(domain, organization)).Json.GetProperty("token").GetString();
        World.Zone(domain).Txt(domain + ".", $"cisco-ci-domain-verification={token}");
    }

    public async Task HoldVerifiedAsync(string domain = "cisco.com", string organization = Organization)
    {
        await PublishAsync(domain, organization);
        Assert.Equal(200, (await VerifyAsync(domain, organization)).Status);
    }

    public async Task HoldClaimedAsync(string domain = "cisco.com", string organization = Organization)
    {
        await HoldVerifiedAsync(domain, organization);
        Assert.Equal(200, (await ClaimAsync(domain, organization)).Status);
    }

    public static string[] Domains(VendorAnswer answer, string name) =>
        [.. answer.Json.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary>The code of an error, with the status of the answer.</summary>
    public static (int Status, string Code) Error(VendorAnswer answer)
    {
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(["message", "errors", "trackingId"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.NotEmpty(answer.Json.GetProperty("message").GetString()!);
        Assert.StartsWith("ROUTER_", answer.Json.GetProperty("trackingId").GetString(), StringComparison.Ordinal);
        var error = Assert.Single(answer.Json.GetProperty("errors").EnumerateArray());
        return (answer.Status, error.GetProperty("description").GetString()!);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
