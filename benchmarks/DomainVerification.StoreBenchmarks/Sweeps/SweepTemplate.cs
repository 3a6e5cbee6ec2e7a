using DomainVerification.StoreBenchmarks.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Sweeps;

/// <summary>One claim of each kind that is swept, as the manager made it; the tables are filled with its copies.</summary>
/// <param name="Name">What the claims wait for.</param>
/// <param name="Claim">The claim, of version 1.</param>
/// <param name="Value">What its record has to say.</param>
/// <param name="IsPublished">Whether the records are there to be found.</param>
internal sealed record SweepTemplate(string Name, DomainClaim Claim, string Value, bool IsPublished)
{
    /// <summary>The domain of the template; that of each copy has a number behind its first letter.</summary>
    public const string Domain = "d.example";

    /// <summary>A claim that is watched, and whose proof still stands: by far the most of what a host looks at.</summary>
    public static Task<SweepTemplate> WatchedAsync() => CreateAsync("watched, proof found", isPublished: true);

    /// <summary>A claim that waits for its proof, which is not there yet.</summary>
    public static Task<SweepTemplate> PendingAsync() => CreateAsync("pending, no record", isPublished: false);

    private static async Task<SweepTemplate> CreateAsync(string name, bool isPublished)
    {
        await using var host = BenchmarkHost.Create(builder =>
            builder.Services.Configure<DomainVerificationOptions>(options => options.Watch.Enabled = true));
        var manager = host.GetRequiredService<IDomainClaimManager>();
        var requested = await manager.RequestAsync(new ClaimRequest("tenant", Domain));
        var claim = requested.RequireClaim();
        claim = isPublished ? (await manager.VerifyAsync(ClaimReference.To(claim))).RequireClaim() : claim;

        // Proved long before it is due, as a claim is that is merely watched.
        var proof = claim.Proof is { } proved ? proved with { ProvedAt = proved.ProvedAt.AddDays(-7) } : null;
        return new SweepTemplate(name, claim with { Version = 1, Proof = proof }, requested.Instructions!.RecordValue, isPublished);
    }
}
