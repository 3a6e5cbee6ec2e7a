namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>A new claim with its event: what a request for a domain commits.</summary>
internal sealed class RequestSource(ClaimCommit recorded, int writers) : ICommitSource
{
    private readonly string _run = Guid.CreateVersion7().ToString("N");
    private readonly int[] _numbers = new int[writers];

    public IEnumerable<ClaimCommit> Seed => [];

    public ClaimCommit Next(int writer)
    {
        var number = _numbers[writer]++;
        var claim = recorded.Claims[0] with
        {
            Id = ClaimId.New(TimeProvider.System),
            Owner = $"tenant-{number % 1000}",
            Domain = DomainName.Parse($"d{number}-{writer}.{_run}.example"),
        };
        return recorded with
        {
            Claims = [claim],
            Events =
            [
                recorded.Events[0] with { Id = Guid.CreateVersion7(), ClaimId = claim.Id, Owner = claim.Owner, Domain = claim.Domain },
            ],
        };
    }
}
