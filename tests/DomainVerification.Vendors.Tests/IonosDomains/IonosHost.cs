using System.Globalization;
using DomainVerification.Testing;
using DomainVerification.Vendors.Tests.Hosts;
using Ionos;

namespace DomainVerification.Vendors.Tests.IonosDomains;

/// <summary>The IONOS sample with two contracts that may call it.</summary>
internal sealed class IonosHost : IAsyncDisposable
{
    public const string Domains = "/federation/domains";
    public const string User = "87f9a82e-b28d-49ed-9d04-fba2c0459cd3";
    private readonly VendorHost<DomainRequest> _host;

    private IonosHost(VendorHost<DomainRequest> host, Jwt jwt) => (_host, Jwt) = (host, jwt);

    public Jwt Jwt { get; }

    public VendorHost<DomainRequest> Host => _host;

    public DnsWorld World => _host.World;

    /// <summary>Starts the sample.</summary>
    /// <param name="checks">How many checks a contract may ask for in a minute; what the SDK allows where null.</param>
    public static IonosHost Start(int? checks = null)
    {
        var jwt = new Jwt();
        var settings = jwt.Settings;
        if (checks is { } limit)
        {
            settings["DomainVerification:CheckLimits:PerOwner"] = limit.ToString(CultureInfo.InvariantCulture);
        }

        return new IonosHost(VendorHost<DomainRequest>.Start(settings), jwt);
    }

    /// <summary>The claims of a token: a contract's user with one role.</summary>
    public static (string Type, string Value)[] Claims(string contract = "123456", string role = "administrator") =>
        [("sub", User), ("contract", contract), ("role", role)];

    public Task<VendorAnswer> SendAsync(string method, string path = "", string? body = null, string contract = "123456") =>
        _host.SendAsync(method, Domains + path, body, Jwt.Header(Claims(contract)));

    public Task<VendorAnswer> RequestAsync(string domain = "yourcompany.com", string contract = "123456") =>
        SendAsync("POST", body: $$"""{"domain":"{{domain}}"}""", contract: contract);

    /// <summary>Puts the token of a request into the TXT record of its domain.</summary>
    public void Publish(VendorAnswer requested)
    {
        var properties = requested.Json.GetProperty("properties");
        var domain = properties.GetProperty("domain").GetString()!;
        _host.World.Zone(domain).Txt(domain + ".", properties.GetProperty("token").GetString()!);
    }

    /// <summary>Requests, publishes and verifies a domain, and gives its id.</summary>
    public async Task<string> ApproveAsync(string domain = "yourcompany.com", string contract = "123456")
    {
        var requested = await RequestAsync(domain, contract);
        Publish(requested);
        var id = Id(requested);
        Assert.Equal(201, (await SendAsync("PUT", $"/{id}/verify", contract: contract)).Status);
        return id;
    }

    public static string Id(VendorAnswer answer) => answer.Json.GetProperty("id").GetString()!;

    public static string? Status(VendorAnswer answer) => answer.Json.GetProperty("properties").GetProperty("status").GetString();

    /// <summary>The code of an error, with its status, which must be that of the answer too.</summary>
    public static (int Status, string Code) Error(VendorAnswer answer)
    {
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(answer.Status, answer.Json.GetProperty("httpStatus").GetInt32());
        var message = Assert.Single(answer.Json.GetProperty("messages").EnumerateArray());
        Assert.NotEmpty(message.GetProperty("message").GetString()!);
        return (answer.Status, message.GetProperty("errorCode").GetString()!);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
