using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace DomainVerification.Vendors.Tests.Huawei;

/// <summary>Who may call: the headers of table 2.</summary>
public sealed class HuaweiAccessTests
{
    private const string Unauthenticated = "APIG.0301";
    private const string Forbidden = "APIG.0302";
    private static readonly string Body = HuaweiHost.Body("pull.example.com", "dns");

    [Fact]
    public async Task Without_credentials_the_answer_is_401()
    {
        await using var host = HuaweiHost.Start();

        var answer = await host.Host.SendAsync("POST", HuaweiHost.PathOf(HuaweiHost.AnnsProject), Body);

        Assert.Equal((401, Unauthenticated), HuaweiHost.Error(answer));
    }

    [Theory]
    [InlineData("")]
    [InlineData("token-of-nobody")]
    [InlineData("TOKEN-OF-ANN")]
    public async Task A_token_that_is_not_valid_is_401(string token)
    {
        await using var host = HuaweiHost.Start();

        Assert.Equal((401, Unauthenticated), HuaweiHost.Error(await host.SendAsync(Body, token)));
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task A_token_signs_in()
    {
        await using var host = HuaweiHost.Start();

        Assert.Equal(200, (await host.SendAsync(Body)).Status);
    }

    [Fact]
    public async Task Another_accounts_project_is_forbidden()
    {
        await using var host = HuaweiHost.Start();

        Assert.Equal((403, Forbidden), HuaweiHost.Error(await host.SendAsync(Body, project: HuaweiHost.BobsProject)));
        Assert.Equal((403, Forbidden), HuaweiHost.Error(await host.SendAsync(Body, project: "unknown")));
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task An_IAM_user_without_the_permission_is_forbidden()
    {
        await using var host = HuaweiHost.Start();

        Assert.Equal((403, Forbidden), HuaweiHost.Error(await host.SendAsync(Body, "token-of-eve")));
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task A_signature_with_AK_and_SK_signs_in_as_the_token_does()
    {
        await using var host = HuaweiHost.Start();
        var byToken = await host.SendAsync(Body);

        var bySignature = await SendSignedAsync(host, _ => { });

        Assert.Equal((200, byToken.Body), (bySignature.Status, bySignature.Body));
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("key")]
    [InlineData("body")]
    [InlineData("path")]
    [InlineData("project")]
    [InlineData("old")]
    [InlineData("early")]
    [InlineData("no date")]
    [InlineData("date unsigned")]
    [InlineData("project unsigned")]
    [InlineData("host unsigned")]
    [InlineData("malformed")]
    public async Task A_signature_that_is_not_of_this_request_is_401(string kind)
    {
        await using var host = HuaweiHost.Start();

        var answer = await SendSignedAsync(
            host,
            request =>
            {
                switch (kind)
                {
                    case "body":
                        request.Content = JsonContent(HuaweiHost.Body("other.example.com", "dns"));
                        break;
                    case "path":
                        request.RequestUri = new Uri(HuaweiHost.PathOf(HuaweiHost.AnnsProject) + "?a=b", UriKind.Relative);
                        break;
                    case "project":
                        request.Headers.Remove("X-Project-Id");
                        request.Headers.Add("X-Project-Id", HuaweiHost.BobsProject);
                        break;
                    case "no date":
                        request.Headers.Remove("X-Sdk-Date");
                        break;
                    case "malformed":
                        request.Headers.Remove("Authorization");
                        request.Headers.TryAddWithoutValidation("Authorization", "SDK-HMAC-SHA256 Access=AK-OF-ANN, Signature=00");
                        break;
                }
            },
            key: kind == "key" ? "AK-OF-NOBODY" : "AK-OF-ANN",
            secret: kind == "secret" ? "another" : "secret-key-of-ann",
            at: TimeSpan.FromMinutes(kind switch { "old" => -16, "early" => 16, _ => 0 }),
            signed: kind switch
            {
                "date unsigned" => "host;x-project-id",
                "project unsigned" => "host;x-sdk-date",
                "host unsigned" => "x-project-id;x-sdk-date",
                _ => "content-type;host;x-project-id;x-sdk-date",
            });

        Assert.Equal((401, Unauthenticated), HuaweiHost.Error(answer));
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task A_signature_for_a_project_is_forbidden_at_another()
    {
        await using var host = HuaweiHost.Start();

        var answer = await SendSignedAsync(host, _ => { }, project: HuaweiHost.BobsProject, path: HuaweiHost.AnnsProject);

        Assert.Equal((403, Forbidden), HuaweiHost.Error(answer));
    }

    /// <summary>The signature of the vendor's guide, on its own beside that of the sample.</summary>
    private static async Task<Hosts.VendorAnswer> SendSignedAsync(
        HuaweiHost host,
        Action<HttpRequestMessage> change,
        string key = "AK-OF-ANN",
        string secret = "secret-key-of-ann",
        TimeSpan at = default,
        string signed = "content-type;host;x-project-id;x-sdk-date",
        string project = HuaweiHost.AnnsProject,
        string path = HuaweiHost.AnnsProject)
    {
        var date = (DateTimeOffset.UtcNow + at).ToString("yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>
        {
            ["content-type"] = "application/json",
            ["host"] = host.Host.Client.BaseAddress!.Authority,
            ["x-project-id"] = project,
            ["x-sdk-date"] = date,
        };
        var canonical = new StringBuilder().Append("POST\n").Append(HuaweiHost.PathOf(path)).Append("/\n\n");
        foreach (var name in signed.Split(';'))
        {
            canonical.Append(name).Append(':').Append(headers[name]).Append('\n');
        }

        canonical.Append('\n').Append(signed).Append('\n').Append(Hash(Body));
        var toSign = $"SDK-HMAC-SHA256\n{date}\n{Hash(canonical.ToString())}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(toSign)));

        using var request = new HttpRequestMessage(HttpMethod.Post, HuaweiHost.PathOf(path)) { Content = JsonContent(Body) };
        request.Headers.Add("X-Sdk-Date", date);
        request.Headers.Add("X-Project-Id", project);
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"SDK-HMAC-SHA256 Access={key}, SignedHeaders={signed}, Signature={signature}");
        change(request);
        return await host.Host.SendAsync(request);
    }

    private static ByteArrayContent JsonContent(string body) => new(Encoding.UTF8.GetBytes(body))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
