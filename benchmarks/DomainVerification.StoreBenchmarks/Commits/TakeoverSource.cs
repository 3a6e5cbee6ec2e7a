namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>
/// A domain goes from its holder to another owner: two claims, two events, two pieces of work. A writer goes round its own domains, and
/// their two owners take each from one another.
/// </summary>
internal sealed class TakeoverSource : ICommitSource
{
    private const int DomainsOfWriter = 32;

    private readonly ClaimCommit _recorded;
    private readonly DomainClaim[][][] _owners;
    private readonly int[] _turns;

    public TakeoverSource(ClaimCommit recorded, int writers)
    {
        _recorded = recorded;
        var run = Guid.CreateVersion7().ToString("N");
        var pairs = Enumerable.Range(0, writers * DomainsOfWriter).Select(number => Pair($"d{number}.{run}.example")).ToList();
        Seed = pairs.Select(pair => new ClaimCommit { Claims = [pair[0], pair[1] with { Status = ClaimStatus.Verified, Epoch = 0 }] });
        _owners = [.. pairs.Chunk(DomainsOfWriter)];
        _turns = new int[writers];
    }

    public IEnumerable<ClaimCommit> Seed { get; }

    public ClaimCommit Next(int writer)
    {
        var turn = _turns[writer]++;
        var owners = _owners[writer][turn % DomainsOfWriter];
        var (gone, here) = turn / DomainsOfWriter % 2 == 0 ? (0, 1) : (1, 0);
        var epoch = owners[gone].Epoch + 1;
        owners[gone] = owners[gone] with { Status = ClaimStatus.Released, Version = owners[gone].Version + 1 };
        owners[here] = owners[here] with { Status = ClaimStatus.Provisioning, Version = owners[here].Version + 1, Epoch = epoch };
        return new ClaimCommit
        {
            Claims = [owners[gone], owners[here]],
            Events = [Event(owners[gone]), Event(owners[here])],
            Work = [Work(ClaimWorkKind.Release, owners[gone]), Work(ClaimWorkKind.Provision, owners[here])],
        };
    }

    /// <summary>The two claims of a domain, of which the first holds it.</summary>
    private DomainClaim[] Pair(string domain)
    {
        var holder = _recorded.Claims.Single(claim => claim.Status == ClaimStatus.Provisioning) with
        {
            Domain = DomainName.Parse(domain),
            Version = 1,
            Epoch = 1,
        };
        return
        [
            holder with { Id = ClaimId.New(TimeProvider.System) },
            holder with { Id = ClaimId.New(TimeProvider.System), Owner = "rival" },
        ];
    }

    private ClaimEvent Event(DomainClaim claim)
    {
        var type = claim.Status.Holds ? ClaimEventTypes.Claimed : ClaimEventTypes.Released;
        return _recorded.Events.Single(entry => entry.Type == type) with
        {
            Id = Guid.CreateVersion7(),
            ClaimId = claim.Id,
            ClaimVersion = claim.Version,
            Owner = claim.Owner,
            Domain = claim.Domain,
            Epoch = claim.Epoch,
        };
    }

    private ClaimWork Work(ClaimWorkKind kind, DomainClaim claim) => _recorded.Work.Single(work => work.Kind == kind) with
    {
        Id = Guid.CreateVersion7(),
        ClaimId = claim.Id,
        Owner = claim.Owner,
        Domain = claim.Domain,
        Epoch = claim.Epoch,
    };
}
