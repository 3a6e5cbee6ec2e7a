namespace DomainVerification.Vendors.Tests.Huawei;

/// <summary>What is refused, in the page's form.</summary>
public sealed class HuaweiErrorTests
{
    private const string Illegal = "LIVE.100011001";

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"domain\":\"example.com\"")]
    [InlineData("""{"domain":"example.com"}""")]
    [InlineData("""{"verify_type":"dns"}""")]
    [InlineData("""{"domain":null,"verify_type":"dns"}""")]
    [InlineData("""{"domain":"example.com","verify_type":null}""")]
    [InlineData("""{"domain":7,"verify_type":"dns"}""")]
    [InlineData("""{"domain":"","verify_type":"dns"}""")]
    [InlineData("""{"domain":"example.com","verify_type":""}""")]
    [InlineData("""{"domain":"example.com","verify_type":"cname"}""")]
    [InlineData("""{"domain":"example.com","verify_type":"0"}""")]
    public async Task Domain_and_method_are_mandatory_strings_of_their_range(string body)
    {
        await using var host = HuaweiHost.Start();

        var answer = await host.SendAsync(body);

        Assert.Equal((400, Illegal), HuaweiHost.Error(answer));
        Assert.Equal("Request Illegal", answer.Json.GetProperty("error_msg").GetString());
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task A_domain_has_at_most_255_characters()
    {
        await using var host = HuaweiHost.Start();
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 4)) + ".com";
        Assert.Equal(255, longest.Length);

        var tooLong = await host.VerifyAsync("a" + longest);
        var noName = await host.VerifyAsync(longest);

        Assert.Equal("Request Illegal", tooLong.Json.GetProperty("error_msg").GetString());
        Assert.StartsWith("Request Illegal. ", noName.Json.GetProperty("error_msg").GetString(), StringComparison.Ordinal);
        Assert.Equal([(400, Illegal), (400, Illegal)], new[] { HuaweiHost.Error(tooLong), HuaweiHost.Error(noName) });
    }

    [Theory]
    [InlineData("https://example.com/", "web address")]
    [InlineData("localhost", "one part only")]
    [InlineData("127.0.0.1", "IP address")]
    [InlineData("co.uk", "public suffix")]
    [InlineData("printer.local", "reserved")]
    public async Task What_is_no_domain_is_refused_with_the_reason(string domain, string reason)
    {
        await using var host = HuaweiHost.Start();

        var answer = await host.VerifyAsync(domain);

        Assert.Equal((400, Illegal), HuaweiHost.Error(answer));
        Assert.Contains(reason, answer.Json.GetProperty("error_msg").GetString(), StringComparison.Ordinal);
        Assert.Empty(await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_or_too_long_is_a_request_that_is_illegal()
    {
        await using var host = HuaweiHost.Start();
        using var form = new HttpRequestMessage(HttpMethod.Post, HuaweiHost.PathOf(HuaweiHost.AnnsProject));
        form.Headers.Add("X-Auth-Token", "token-of-ann");
        form.Content = new FormUrlEncodedContent([new("domain", "example.com"), new("verify_type", "dns")]);

        Assert.Equal((400, Illegal), HuaweiHost.Error(await host.Host.SendAsync(form)));
        var long1 = $$"""{"domain":"example.com","verify_type":"dns","more":"{{new string('x', 17 * 1024)}}"}""";
        Assert.Equal((400, Illegal), HuaweiHost.Error(await host.SendAsync(long1)));
    }

    [Fact]
    public async Task Other_paths_and_methods_are_no_API()
    {
        await using var host = HuaweiHost.Start();
        var path = HuaweiHost.PathOf(HuaweiHost.AnnsProject);

        Assert.Equal((404, "APIG.0101"), HuaweiHost.Error(await host.Host.SendAsync("POST", "/v2" + path, "{}")));
        Assert.Equal((405, "APIG.0101"), HuaweiHost.Error(await host.Host.SendAsync("GET", path)));
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_to_wait()
    {
        await using var host = HuaweiHost.Start();
        var answer = await host.VerifyAsync();
        for (var i = 0; i < 40 && answer.Status == 200; i++)
        {
            answer = await host.VerifyAsync();
        }

        Assert.Equal((429, "APIG.0308"), HuaweiHost.Error(answer));
        Assert.InRange(int.Parse(answer.Headers["Retry-After"], null), 1, 60);
    }
}
