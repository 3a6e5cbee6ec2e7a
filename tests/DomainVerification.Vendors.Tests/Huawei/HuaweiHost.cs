using System.Net;
using DomainVerification.Testing;
using DomainVerification.Vendors.Tests.Hosts;
using HuaweiLive;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Vendors.Tests.Huawei;

/// <summary>The Huawei Cloud Live sample, with a web server that the files of customers lie on.</summary>
internal sealed class HuaweiHost : IAsyncDisposable
{
    public const string AnnsProject = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
    public const string BobsProject = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";

    private HuaweiHost()
    {
        Web = LoopbackWebServer.Start();
        Host = VendorHost<VerificationRequest>.Start(services: collection => collection
            .AddDomainVerification()
            .RouteFileChecksToLoopbackForTesting(Web.HttpPort, Web.HttpsPort));
        Host.World.Zone("example.com").Address("@", IPAddress.Parse("9.9.9.9"));
    }

    public VendorHost<VerificationRequest> Host { get; }

    public LoopbackWebServer Web { get; }

    public static HuaweiHost Start() => new();

    public static string PathOf(string project) => $"/v1/{project}/domain/verification";

    public static string Body(string domain, string type) => $$"""{"domain":"{{domain}}","verify_type":"{{type}}"}""";

    /// <summary>Asks with a token, by default Ann's, for a project, by default hers.</summary>
    public Task<VendorAnswer> SendAsync(string body, string token = "token-of-ann", string project = AnnsProject) =>
        Host.SendAsync("POST", PathOf(project), body, ("X-Auth-Token", token));

    public Task<VendorAnswer> VerifyAsync(string domain = "pull.example.com", string type = "dns") => SendAsync(Body(domain, type));

    public Task<VendorAnswer> VerifyAsBobAsync(string domain = "pull.example.com", string type = "dns") =>
        SendAsync(Body(domain, type), "token-of-bob", BobsProject);

    /// <summary>Puts the content of an answer into the TXT record.</summary>
    public void Publish(VendorAnswer answer) => Host.World.Zone("example.com").Txt("verification", Content(answer));

    /// <summary>Puts the content of an answer into the file.</summary>
    public void Put(VendorAnswer answer) => Web.Put("example.com", "/verification.html", Content(answer));

    public static string Content(VendorAnswer answer) => answer.Json.GetProperty("verify_content").GetString()!;

    public static bool Result(VendorAnswer answer) => answer.Json.GetProperty("verify_result").GetBoolean();

    /// <summary>The status and the code of an error, which must have the page's shape.</summary>
    public static (int Status, string Code) Error(VendorAnswer answer)
    {
        Assert.Equal("application/json", answer.MediaType);
        Assert.Equal(["error_code", "error_msg"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.NotEmpty(answer.Json.GetProperty("error_msg").GetString()!);
        return (answer.Status, answer.Json.GetProperty("error_code").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Web.DisposeAsync();
    }
}
