using System.Net.Http.Json;
using System.Text.Json;
using DomainVerification.Testing;

namespace DomainVerification.LoadBenchmarks.Loading;

/// <summary>Claims that are verified over the API, with their records in the world that the host asks.</summary>
internal static class VerifiedClaims
{
    private const int Together = 16;

    /// <returns>The paths of the claims.</returns>
    public static async Task<IReadOnlyList<string>> MakeAsync(HttpClient client, DnsWorld world, int count)
    {
        world.Zone("load.example.");
        var paths = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Together }, async (index, cancellationToken) =>
        {
            using var requested = await client.PostAsJsonAsync("/domains", new { domain = $"d{index}.load.example" }, cancellationToken);
            requested.EnsureSuccessStatusCode();
            var body = await requested.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            var record = body.GetProperty("instructions");
            var name = record.GetProperty("recordName").GetString()!;
            world.Edit(() => world.ZoneOf(name).Txt(name, record.GetProperty("recordValue").GetString()!));
            paths[index] = requested.Headers.Location!.ToString();
            using var verified = await client.PostAsync($"{paths[index]}/verify", null, cancellationToken);
            verified.EnsureSuccessStatusCode();
        });
        return paths;
    }
}
