using DomainVerification.Vendors.Tests.Hosts;

namespace DomainVerification.Vendors.Tests.IonosDomains;

/// <summary>Who may call, and what each contract sees of the others.</summary>
public sealed class IonosAccessTests
{
    private static readonly (string Method, string Path)[] Endpoints =
        [("POST", ""), ("GET", ""), ("GET", "/{id}"), ("PUT", "/{id}/verify"), ("DELETE", "/{id}")];

    [Theory]
    [InlineData("role", "administrator")]
    [InlineData("role", "owner")]
    [InlineData("privilege", "accessAndManageIamResources")]
    public async Task Administrators_owners_and_users_with_the_privilege_may(string type, string value)
    {
        await using var host = IonosHost.Start();
        var header = host.Jwt.Header(("sub", IonosHost.User), ("contract", "123456"), (type, value));

        var answer = await host.Host.SendAsync("POST", IonosHost.Domains, """{"domain":"yourcompany.com"}""", header);

        Assert.Equal(202, answer.Status);
    }

    [Fact]
    public async Task Users_may_with_the_privilege_beside_others()
    {
        await using var host = IonosHost.Start();
        var header = host.Jwt.Header(
            ("sub", IonosHost.User), ("contract", "123456"), ("role", "user"),
            ("privilege", "createDataCenter"), ("privilege", "accessAndManageIamResources"));

        Assert.Equal(200, (await host.Host.SendAsync("GET", IonosHost.Domains, null, header)).Status);
    }

    public static TheoryData<string, (string Type, string Value)[]> Forbidden() => new()
    {
        { "a user", [("sub", IonosHost.User), ("contract", "123456"), ("role", "user")] },
        { "another privilege", [("sub", IonosHost.User), ("contract", "123456"), ("privilege", "accessAndManageDns")] },
        { "another case", [("sub", IonosHost.User), ("contract", "123456"), ("privilege", "ACCESSANDMANAGEIAMRESOURCES")] },
        { "no contract", [("sub", IonosHost.User), ("role", "owner")] },
        { "two contracts", [("sub", IonosHost.User), ("contract", "123456"), ("contract", "654321"), ("role", "owner")] },
        { "a contract that is no number", [("sub", IonosHost.User), ("contract", "acme"), ("role", "owner")] },
        { "no user", [("contract", "123456"), ("role", "owner")] },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Others_are_forbidden_and_change_nothing(string who, (string Type, string Value)[] claims)
    {
        await using var host = IonosHost.Start();
        var id = await host.ApproveAsync();
        var before = await host.Host.SnapshotAsync();

        foreach (var (method, path) in Endpoints)
        {
            var answer = await host.Host.SendAsync(
                method,
                IonosHost.Domains + path.Replace("{id}", id, StringComparison.Ordinal),
                method == "POST" ? """{"domain":"other.com"}""" : null,
                host.Jwt.Header(claims));
            Assert.True(IonosHost.Error(answer) == (403, "forbidden"), $"{who}: {method} {path} was {answer.Status}.");
        }

        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task Without_a_valid_bearer_JWT_the_answer_is_401()
    {
        await using var host = IonosHost.Start();
        var id = await host.ApproveAsync();
        var before = await host.Host.SnapshotAsync();

        foreach (var (why, authorization) in host.Jwt.Refused(IonosHost.Claims()))
        {
            foreach (var (method, path) in Endpoints)
            {
                (string, string)[] headers = authorization is null ? [] : [("Authorization", authorization)];
                var answer = await host.Host.SendAsync(
                    method,
                    IonosHost.Domains + path.Replace("{id}", id, StringComparison.Ordinal),
                    method == "POST" ? """{"domain":"other.com"}""" : null,
                    headers);
                Assert.True(IonosHost.Error(answer) == (401, "unauthorized"), $"{why}: {method} {path} was {answer.Status}.");
                Assert.StartsWith("Bearer", answer.Headers["WWW-Authenticate"], StringComparison.Ordinal);
            }
        }

        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Fact]
    public async Task Another_contracts_domain_is_not_found()
    {
        await using var host = IonosHost.Start();
        var id = IonosHost.Id(await host.RequestAsync());
        var before = await host.Host.SnapshotAsync();

        VendorAnswer[] answers =
        [
            await host.SendAsync("GET", $"/{id}", contract: "654321"),
            await host.SendAsync("PUT", $"/{id}/verify", contract: "654321"),
            await host.SendAsync("DELETE", $"/{id}", contract: "654321"),
        ];

        Assert.All(answers, answer => Assert.Equal(404, IonosHost.Error(answer).Status));
        Assert.Empty((await host.SendAsync("GET", contract: "654321")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(before, await host.Host.SnapshotAsync());
    }

    [Theory]
    [InlineData("GET", "/no-id", 404)]
    [InlineData("GET", "/00000000-0000-0000-0000-000000000000", 404)]
    [InlineData("PUT", "/00000000-0000-0000-0000-000000000000/verify", 404)]
    [InlineData("DELETE", "/00000000-0000-0000-0000-000000000000", 404)]
    [InlineData("PATCH", "", 405)]
    [InlineData("POST", "/00000000-0000-0000-0000-000000000000", 405)]
    public async Task What_is_not_there_is_said_in_the_same_form(string method, string path, int status)
    {
        await using var host = IonosHost.Start();

        Assert.Equal(status, IonosHost.Error(await host.SendAsync(method, path)).Status);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_or_too_long_is_refused_unread()
    {
        await using var host = IonosHost.Start();
        var bearer = host.Jwt.Header(IonosHost.Claims());
        using var form = new HttpRequestMessage(HttpMethod.Post, IonosHost.Domains);
        form.Content = new FormUrlEncodedContent([new("domain", "yourcompany.com")]);
        form.Headers.TryAddWithoutValidation(bearer.Name, bearer.Value);

        Assert.Equal((415, "unsupported_media_type"), IonosHost.Error(await host.Host.SendAsync(form)));
        Assert.Equal(413, IonosHost.Error(await host.RequestAsync(new string('a', 20_000))).Status);
        Assert.Empty(await host.Host.SnapshotAsync());
    }
}
