namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>A pending claim that was looked at: one row is changed by its version. A writer goes round its own claims.</summary>
internal sealed class CheckSource : ICommitSource
{
    private const int ClaimsOfWriter = 32;

    private readonly DomainClaim[][] _claims;
    private readonly int[] _turns;

    public CheckSource(RecordedCommits recorded, int writers)
    {
        var requests = new RequestSource(recorded.Request, 1);
        var seed = Enumerable.Range(0, writers * ClaimsOfWriter).Select(_ => requests.Next(0)).ToList();
        Seed = seed;
        _claims =
        [
            .. seed.Select(commit => recorded.Check.Claims[0] with
            {
                Id = commit.Claims[0].Id,
                Owner = commit.Claims[0].Owner,
                Domain = commit.Claims[0].Domain,
                Version = 1,
            }).Chunk(ClaimsOfWriter),
        ];
        _turns = new int[writers];
    }

    public IEnumerable<ClaimCommit> Seed { get; }

    public ClaimCommit Next(int writer)
    {
        var turn = _turns[writer]++ % ClaimsOfWriter;
        var before = _claims[writer][turn];
        var next = before with { Version = before.Version + 1, Attempts = before.Attempts + 1, DueAt = before.DueAt?.AddMinutes(1) };
        _claims[writer][turn] = next;
        return new ClaimCommit { Claims = [next] };
    }
}
