using System.Collections.Immutable;

namespace DomainVerification.Claims.Internal;

/// <summary>The claims and events of <see cref="InMemoryClaimStore"/>, with their indexes. Not safe for parallel use by itself.</summary>
internal sealed class InMemoryClaims
{
    private static readonly Comparer<ClaimId> ById = Comparer<ClaimId>.Create((x, y) => x.Value.CompareTo(y.Value));

    private readonly SortedSet<ClaimId> _ids = new(ById);
    private readonly Dictionary<ClaimId, Entry> _entries = [];
    private readonly Dictionary<(string Profile, string Owner, DomainName Domain), Owned> _owned = [];
    private readonly Dictionary<string, SortedSet<ClaimId>> _byOwner = new(StringComparer.Ordinal);
    private readonly Dictionary<DomainName, List<ClaimId>> _byDomain = [];
    private readonly Dictionary<(string Profile, DomainName Domain), Slot> _slots = [];
    private readonly SortedSet<(DateTimeOffset WaitsSince, Guid Id)> _due = [];

    public DomainClaim? Find(ClaimId id) => _entries.GetValueOrDefault(id)?.Claim;

    public DomainClaim? FindNewest(string profile, string owner, DomainName domain) =>
        _owned.TryGetValue((profile, owner, domain), out var owned) ? Find(owned.Newest) : null;

    public DomainHolding FindHolding(string profile, DomainName domain) =>
        _slots.TryGetValue((profile, domain), out var slot)
            ? new DomainHolding(slot.Epoch, slot.Holders.Select(Find).FirstOrDefault(IsExclusive))
            : DomainHolding.None;

    public IReadOnlyList<ClaimEvent> ListEvents(ClaimId id) => _entries.GetValueOrDefault(id)?.Events ?? [];

    public ClaimPage List(ClaimQuery query)
    {
        var found = Candidates(query)
            .Select(id => _entries[id].Claim)
            .Where(claim => Matches(claim, query))
            .Take(query.PageSize + 1)
            .ToList();
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

    /// <summary>The claims that the narrowest index has for a query, in order.</summary>
    private IEnumerable<ClaimId> Candidates(ClaimQuery query)
    {
        if (query is { Owner: null, Domain: { } domain })
        {
            var claimed = _byDomain.GetValueOrDefault(domain) ?? [];
            return claimed.Where(id => query.After is not { } last || ById.Compare(id, last) > 0).Order(ById);
        }

        var ids = query.Owner is { } owner ? _byOwner.GetValueOrDefault(owner) : _ids;
        return ids is null or { Count: 0 } || (query.After is { } after && ById.Compare(after, ids.Max) >= 0)
            ? []
            : ids.GetViewBetween(query.After ?? ids.Min, ids.Max).Where(id => id != query.After);
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
        // The owner's other claims for the domain must have ended, at the latest with this commit, before this one can live.
        if (claim.Status.IsLive && HasLiveRival(claim, claims))
        {
            return false;
        }

        if (Find(claim.Id) is { } stored)
        {
            return stored.Version == claim.Version - 1;
        }

        // A request that was slow has not seen claims that came and went meanwhile; their tokens must stay dead.
        var newest = FindNewest(claim.Profile, claim.Owner, claim.Domain)?.Challenge.Generation ?? 0;
        return claim.Version == 1
            && claim.Challenge.Generation > newest
            && claims.All(other => !AreOfOneOwner(claim, other) || other.Challenge.Generation < claim.Challenge.Generation);
    }

    private bool HasLiveRival(DomainClaim claim, IReadOnlyList<DomainClaim> claims)
    {
        var live = _owned.GetValueOrDefault((claim.Profile, claim.Owner, claim.Domain)).Live;
        return (live is not null && live != claim.Id && claims.All(other => other.Id != live))
            || claims.Any(other => other.Status.IsLive && AreOfOneOwner(claim, other));
    }

    private static bool AreOfOneOwner(DomainClaim claim, DomainClaim other) =>
        other.Id != claim.Id && other.Profile == claim.Profile && other.Owner == claim.Owner && other.Domain.Equals(claim.Domain);

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
            if (!_byOwner.TryGetValue(claim.Owner, out var ids))
            {
                _byOwner.Add(claim.Owner, ids = new SortedSet<ClaimId>(ById));
            }

            ids.Add(claim.Id);
            if (!_byDomain.TryGetValue(claim.Domain, out var claimed))
            {
                _byDomain.Add(claim.Domain, claimed = []);
            }

            claimed.Add(claim.Id);
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

        var owner = (claim.Profile, claim.Owner, claim.Domain);
        var owned = _owned.GetValueOrDefault(owner);
        _owned[owner] = new Owned(
            Find(owned.Newest)?.Challenge.Generation > claim.Challenge.Generation ? owned.Newest : claim.Id,
            claim.Status.IsLive ? claim.Id : owned.Live);

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

        var owner = (claim.Profile, claim.Owner, claim.Domain);
        if (_owned[owner].Live == claim.Id)
        {
            _owned[owner] = _owned[owner] with { Live = null };
        }
    }

    /// <summary>The claims of an owner to a domain.</summary>
    /// <param name="Newest">The one with the highest generation.</param>
    /// <param name="Live">The one that can still change.</param>
    private readonly record struct Owned(ClaimId Newest, ClaimId? Live);

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
