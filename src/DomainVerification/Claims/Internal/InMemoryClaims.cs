using System.Collections.Immutable;

namespace DomainVerification.Claims.Internal;

/// <summary>The claims and events of <see cref="InMemoryClaimStore"/>, with their indexes. Not safe for parallel use by itself.</summary>
internal sealed class InMemoryClaims
{
    private static readonly Comparer<ClaimId> ById = Comparer<ClaimId>.Create((x, y) => x.Value.CompareTo(y.Value));

    private readonly SortedSet<ClaimId> _ids = new(ById);
    private readonly Dictionary<ClaimId, Entry> _entries = [];
    private readonly Dictionary<(string Profile, string Owner, DomainName Domain), ClaimId> _newest = [];
    private readonly Dictionary<string, SortedSet<ClaimId>> _byOwner = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Profile, DomainName Domain), Slot> _slots = [];
    private readonly SortedSet<(DateTimeOffset WaitsSince, Guid Id)> _due = [];

    public DomainClaim? Find(ClaimId id) => _entries.GetValueOrDefault(id)?.Claim;

    public DomainClaim? FindNewest(string profile, string owner, DomainName domain) =>
        _newest.TryGetValue((profile, owner, domain), out var id) ? Find(id) : null;

    public DomainHolding FindHolding(string profile, DomainName domain) =>
        _slots.TryGetValue((profile, domain), out var slot)
            ? new DomainHolding(slot.Epoch, slot.Holders.Select(Find).FirstOrDefault(IsExclusive))
            : DomainHolding.None;

    public IReadOnlyList<ClaimEvent> ListEvents(ClaimId id) => _entries.GetValueOrDefault(id)?.Events ?? [];

    public ClaimPage List(ClaimQuery query)
    {
        var ids = query.Owner is { } owner ? _byOwner.GetValueOrDefault(owner) : _ids;
        if (ids is null || ids.Count == 0)
        {
            return new ClaimPage([], null);
        }

        var rest = query.After is { } after && ById.Compare(after, ids.Max) >= 0
            ? []
            : ids.GetViewBetween(query.After ?? ids.Min, ids.Max).Where(id => id != query.After);
        var found = rest.Select(id => _entries[id].Claim).Where(claim => Matches(claim, query)).Take(query.PageSize + 1).ToList();
        return found.Count > query.PageSize
            ? new ClaimPage(found[..query.PageSize], found[query.PageSize - 1].Id)
            : new ClaimPage(found, null);
    }

    public IReadOnlyList<DomainClaim> LeaseDue(LeaseRequest request)
    {
        var due = _due.TakeWhile(item => item.WaitsSince <= request.Now).Take(request.Maximum).ToList();
        var leasedUntil = request.Now + request.Duration;
        foreach (var (waitsSince, id) in due)
        {
            _due.Remove((waitsSince, id));
            _due.Add((leasedUntil, id));
            _entries[new ClaimId(id)].WaitsSince = leasedUntil;
        }

        return due.ConvertAll(item => _entries[new ClaimId(item.Id)].Claim);
    }

    /// <summary>Refuses events of claims that are nowhere.</summary>
    public void ThrowIfForeign(ClaimCommit commit)
    {
        if (commit.Events.Any(entry => !_entries.ContainsKey(entry.ClaimId) && commit.Claims.All(claim => claim.Id != entry.ClaimId)))
        {
            throw new ArgumentException("An event belongs to a claim that is neither stored nor in the commit.", nameof(commit));
        }
    }

    /// <summary>Whether the claims may be written as they are.</summary>
    public ClaimCommitStatus Check(IReadOnlyList<DomainClaim> claims)
    {
        if (claims.DistinctBy(claim => claim.Id).Count() != claims.Count || claims.Any(claim => !FollowsStored(claim, claims)))
        {
            return ClaimCommitStatus.VersionConflict;
        }

        // A commit may end one holding and begin another; what counts is who holds once it is written.
        foreach (var claim in claims.Where(BeginsToHold))
        {
            var slot = _slots.GetValueOrDefault((claim.Profile, claim.Domain));
            var others = Holders(claim, slot, claims).ToList();
            if (others.Exists(other => IsExclusive(other) || IsExclusive(claim)))
            {
                return ClaimCommitStatus.AlreadyHeld;
            }

            if (claim.Epoch <= (slot?.Epoch ?? 0) || others.Exists(other => other.Epoch == claim.Epoch))
            {
                return ClaimCommitStatus.VersionConflict;
            }
        }

        return ClaimCommitStatus.Committed;
    }

    public void Write(IReadOnlyList<DomainClaim> claims, IReadOnlyList<ClaimEvent> events)
    {
        foreach (var claim in claims)
        {
            Write(claim);
        }

        foreach (var entry in events)
        {
            _entries[entry.ClaimId].Events = _entries[entry.ClaimId].Events.Add(entry);
        }
    }

    private static bool IsExclusive(DomainClaim? claim) => claim is { Exclusivity: DomainExclusivity.OneHolder };

    private static bool Matches(DomainClaim claim, ClaimQuery query) =>
        (query.Profile is null || string.Equals(claim.Profile, query.Profile, StringComparison.Ordinal))
        && (query.Domain is null || claim.Domain.Equals(query.Domain))
        && (query.Statuses.Count == 0 || query.Statuses.Contains(claim.Status));

    private bool BeginsToHold(DomainClaim claim) =>
        claim.Status.Holds && (Find(claim.Id) is not { Status.Holds: true } before || before.Epoch != claim.Epoch);

    private IEnumerable<DomainClaim> Holders(DomainClaim claim, Slot? slot, IReadOnlyList<DomainClaim> claims)
    {
        var stored = slot?.Holders.Where(id => claims.All(changed => changed.Id != id)).Select(id => _entries[id].Claim) ?? [];
        var changed = claims.Where(other => other.Status.Holds && other.Profile == claim.Profile && other.Domain.Equals(claim.Domain));
        return stored.Concat(changed).Where(other => other.Id != claim.Id);
    }

    private bool FollowsStored(DomainClaim claim, IReadOnlyList<DomainClaim> claims)
    {
        // The owner's newest claim for the domain must have ended, at the latest with this commit, before another one can live.
        var before = FindNewest(claim.Profile, claim.Owner, claim.Domain);
        var newest = claims.FirstOrDefault(other => other.Id == before?.Id) ?? before;
        var ended = newest is not { Status.IsLive: true };
        if (Find(claim.Id) is { } stored)
        {
            return stored.Version == claim.Version - 1 && (ended || newest!.Id == claim.Id || !claim.Status.IsLive);
        }

        // A request that was slow has not seen claims that came and went meanwhile; their tokens must stay dead.
        var isNewer = claim.Challenge.Generation > (newest?.Challenge.Generation ?? 0);

        var rivals = claims.Count(other =>
            Find(other.Id) is null && other.Profile == claim.Profile && other.Owner == claim.Owner && other.Domain.Equals(claim.Domain));
        return claim.Version == 1 && ended && isNewer && rivals == 1;
    }

    private void Write(DomainClaim claim)
    {
        if (_entries.TryGetValue(claim.Id, out var entry))
        {
            Unindex(entry);
            entry.Claim = claim;
        }
        else
        {
            _entries.Add(claim.Id, entry = new Entry(claim));
            _ids.Add(claim.Id);
            _newest[(claim.Profile, claim.Owner, claim.Domain)] = claim.Id;
            if (!_byOwner.TryGetValue(claim.Owner, out var owned))
            {
                _byOwner.Add(claim.Owner, owned = new SortedSet<ClaimId>(ById));
            }

            owned.Add(claim.Id);
        }

        Index(entry);
    }

    private void Index(Entry entry)
    {
        var claim = entry.Claim;
        entry.WaitsSince = claim.DueAt;
        if (entry.WaitsSince is { } waitsSince)
        {
            _due.Add((waitsSince, claim.Id.Value));
        }

        if (claim.Status.Holds)
        {
            if (!_slots.TryGetValue((claim.Profile, claim.Domain), out var slot))
            {
                _slots.Add((claim.Profile, claim.Domain), slot = new Slot());
            }

            slot.Holders.Add(claim.Id);
            slot.Epoch = Math.Max(slot.Epoch, claim.Epoch);
        }
    }

    private void Unindex(Entry entry)
    {
        var claim = entry.Claim;
        if (entry.WaitsSince is { } waitsSince)
        {
            _due.Remove((waitsSince, claim.Id.Value));
        }

        if (claim.Status.Holds)
        {
            _slots[(claim.Profile, claim.Domain)].Holders.Remove(claim.Id);
        }
    }

    private sealed class Entry(DomainClaim claim)
    {
        public DomainClaim Claim { get; set; } = claim;

        public ImmutableList<ClaimEvent> Events { get; set; } = [];

        /// <summary>Since when the claim can be leased: it is due, or its lease runs out.</summary>
        public DateTimeOffset? WaitsSince { get; set; }
    }

    private sealed class Slot
    {
        public long Epoch { get; set; }

        public HashSet<ClaimId> Holders { get; } = [];
    }
}
