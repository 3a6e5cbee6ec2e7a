using DomainVerification.StoreBenchmarks.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>One commit of each kind, as the manager made it.</summary>
/// <param name="Request">A claim with its event.</param>
/// <param name="Check">A claim that was looked at and did not move.</param>
/// <param name="Takeover">The claims of both owners, with their events and their work: who takes over, and who loses.</param>
internal sealed record RecordedCommits(ClaimCommit Request, ClaimCommit Check, ClaimCommit Takeover)
{
    public static async Task<RecordedCommits> RecordAsync()
    {
        await using var host = BenchmarkHost.Create(builder => builder.UseClaimStore<CommitRecorder>());
        var manager = host.GetRequiredService<IDomainClaimManager>();
        var recorder = host.GetRequiredService<CommitRecorder>();
        await manager.RequestAsync(new ClaimRequest("tenant-0", $"{InstantChecker.Unproved}.example"));
        var request = recorder.Last;
        await manager.VerifyAsync(ClaimReference.To(request.Claims[0]));
        var check = recorder.Last;
        foreach (var owner in (string[])["tenant-1", "tenant-2"])
        {
            await manager.RequestAsync(new ClaimRequest(owner, "taken.example"));
            await manager.ConfirmAsync(ClaimReference.To(owner, "taken.example"));
        }

        return new RecordedCommits(request, check, recorder.Last);
    }
}
