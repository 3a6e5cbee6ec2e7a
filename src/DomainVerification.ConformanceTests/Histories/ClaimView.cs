using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests.Histories;

/// <summary>What a thread last saw of the claims, and what it would do next; others may have changed them since.</summary>
internal sealed class ClaimView
{
    private static readonly ClaimStatus[] Ends =
        [ClaimStatus.Canceled, ClaimStatus.Revoked, ClaimStatus.Released, ClaimStatus.Rejected, ClaimStatus.Verified, ClaimStatus.InReview];

    private readonly SortedDictionary<int, DomainClaim> _claims = [];

    public ClaimView(IEnumerable<DomainClaim> start) => start.ToList().ForEach(See);

    /// <summary>The highest epoch that was seen.</summary>
    public long Epoch { get; set; }

    public void See(DomainClaim claim)
    {
        _claims[Sample.NumberOf(claim)] = claim;
        Epoch = Math.Max(Epoch, claim.Epoch);
    }

    public DomainClaim Any(Random random) => _claims.Values.ElementAt(random.Next(_claims.Count));

    /// <summary>A commit that would be right, mostly, if nothing had changed since; empty where there is nothing to do.</summary>
    public IReadOnlyList<DomainClaim> Propose(Random random, string owner, Func<int, DomainClaim> create) => random.Next(8) switch
    {
        0 => Renew(random, owner, create),
        1 or 2 => Change(random, claim => claim.Status is ClaimStatus.Pending, claim => claim.Next(ClaimStatus.Verified)),
        3 => Change(random, claim => claim.Status is ClaimStatus.Verified or ClaimStatus.InReview, claim => Hold(random, claim)),
        4 or 5 => TakeOver(random),
        6 => Change(random, claim => claim.Status.IsLive, claim => claim.Next(Ends[random.Next(Ends.Length)])),
        _ => Change(random, claim => claim.Status.IsLive, claim => claim with { Version = claim.Version + random.Next(3) }),
    };

    private List<DomainClaim> Renew(Random random, string owner, Func<int, DomainClaim> create)
    {
        var newest = _claims.Values.Where(claim => claim.Owner == owner).MaxBy(claim => claim.Challenge.Generation);
        var generation = newest?.Challenge.Generation ?? 0;
        var renewed = create(random.Next(10) == 0 ? generation : generation + 1);
        return newest is { Status.IsLive: true } && random.Next(4) > 0 ? [newest.Next(ClaimStatus.Expired), renewed] : [renewed];
    }

    private List<DomainClaim> TakeOver(Random random)
    {
        var verified = Change(random, claim => claim.Status is ClaimStatus.Verified or ClaimStatus.InReview, claim => Hold(random, claim));
        var holders = _claims.Values.Where(claim => claim.Status.Holds).Select(claim => claim.Next(ClaimStatus.Released));
        return verified.Count == 0 ? [] : [.. verified, .. holders];
    }

    private DomainClaim Hold(Random random, DomainClaim claim) =>
        claim.Next(random.Next(2) == 0 ? ClaimStatus.Provisioning : ClaimStatus.Claimed, random.Next(10) == 0 ? Epoch : Epoch + 1);

    private List<DomainClaim> Change(Random random, Func<DomainClaim, bool> fits, Func<DomainClaim, DomainClaim> change)
    {
        var fitting = _claims.Values.Where(fits).ToList();
        return fitting.Count == 0 ? [] : [change(fitting[random.Next(fitting.Count)])];
    }
}
