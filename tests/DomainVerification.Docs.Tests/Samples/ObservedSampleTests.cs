using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DomainVerification.Docs.Tests.Samples;

/// <summary>The sample of observability starts, answers its probe, and exports what the SDK traces and measures.</summary>
public sealed class ObservedSampleTests
{
    [Fact]
    public async Task It_shows_a_check_as_a_trace_and_as_a_measurement()
    {
        using var sample = await SampleProcess.StartAsync("Observed", "--ExportIntervalMilliseconds", "500");
        sample.Client.DefaultRequestHeaders.Add("X-Tenant", "ann");

        using var health = await sample.Client.GetAsync("/health");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        var parts = (await ReadAsync(health)).GetProperty("checks").GetProperty("domainverification");
        Assert.All(
            new[] { "store", "resolvers", "suffix_list", "outbox", "dead_letters" },
            part => Assert.Equal("ok", parts.GetProperty(part).GetString()));

        var (claim, token) = await RequestAsync(sample.Client);
        using var verified = await sample.Client.PostAsync($"/domains/{claim}/verify", null);
        Assert.Equal("verified", (await ReadAsync(verified)).GetProperty("claim").GetProperty("status").GetString());

        await sample.ReadUntilAsync(line => line.EndsWith(" dns.lookup", StringComparison.Ordinal));
        await sample.ReadUntilAsync(line => line.EndsWith(" proof.check", StringComparison.Ordinal));
        await sample.ReadUntilAsync(line => line == "    domainverification.outcome: Proved");
        await sample.ReadUntilAsync(line => line == "    Name: DomainVerification");
        await sample.ReadUntilAsync(
            line => line.StartsWith("Metric Name: domainverification.proof.check.duration,", StringComparison.Ordinal));
        await sample.ReadUntilAsync(line => line.Contains("outcome: Proved", StringComparison.Ordinal));
        Assert.DoesNotContain(token, sample.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_page_opens_the_stream_that_tells_it_when_to_turn_green()
    {
        using var sample = await SampleProcess.StartAsync("Observed");
        sample.Client.DefaultRequestHeaders.Add("Cookie", "tenant=ann");
        var page = await sample.Client.GetStringAsync("/");
        var (claim, _) = await RequestAsync(sample.Client);
        Assert.Contains("new EventSource(`/domains/${location.hash.slice(1)}/events`)", page, StringComparison.Ordinal);

        using var stream = new StreamReader(await sample.Client.GetStreamAsync($"/domains/{claim}/events"));
        var before = await NextAsync(stream);
        using var verified = await sample.Client.PostAsync($"/domains/{claim}/verify", null);
        var after = await NextAsync(stream);

        Assert.Equal(("pending", "verified"), (before.GetProperty("status").GetString(), after.GetProperty("status").GetString()));
        Assert.Equal("acme.example", after.GetProperty("domain").GetString());
    }

    private static async Task<JsonElement> NextAsync(StreamReader stream)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await stream.ReadLineAsync(deadline.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(line[6..]).RootElement.GetProperty("claim");
            }
        }

        throw new EndOfStreamException("The stream ended.");
    }

    private static async Task<(string Claim, string Token)> RequestAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/domains", new { domain = "acme.example" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var body = await ReadAsync(answer);
        var instructions = body.GetProperty("instructions");
        var value = instructions.GetProperty("recordValue").GetString()!;
        using var published = await client.PostAsJsonAsync(
            "/customer-dns", new { name = instructions.GetProperty("recordName").GetString(), value });
        Assert.True(published.IsSuccessStatusCode);
        return (body.GetProperty("claim").GetProperty("id").GetString()!, value.Split(' ')[0].Split('=')[1]);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
}
