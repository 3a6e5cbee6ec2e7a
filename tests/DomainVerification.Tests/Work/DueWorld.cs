using DomainVerification.Tests.Claims;

namespace DomainVerification.Tests.Work;

/// <summary>A world with many pending claims that are due, and whose DNS answers that nothing is there.</summary>
internal static class DueWorld
{
    /// <param name="store">Where the claims are.</param>
    /// <param name="claims">How many.</param>
    /// <param name="configure">Sets up the worker.</param>
    public static async Task<ClaimWorld> CreateAsync(
        IClaimStore store,
        int claims,
        Action<DomainVerificationWorkerOptions>? configure = null)
    {
        var world = new ClaimWorld(
            options => options.Recheck.Start = RecheckStart.Immediately,
            builder => builder.UseScript().Use<IClaimStore>(_ => store).ConfigureWorker(options => configure?.Invoke(options)));
        world.Script().Outcome = _ => ProofOutcome.NotProved;
        for (var i = 0; i < claims; i++)
        {
            (await world.RequestAsync($"owner-{i % 7}", $"name-{i}.example")).RequireClaim();
        }

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        return world;
    }
}
