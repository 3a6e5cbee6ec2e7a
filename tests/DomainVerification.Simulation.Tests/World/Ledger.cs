namespace DomainVerification.Simulation.Tests.World;

/// <summary>What became of an operation.</summary>
internal enum OperationState
{
    Waiting,
    Dead,
    Finished,
}

/// <summary>An operation of the outbox, as the commits tell it.</summary>
internal sealed class Operation(int number, ClaimWork work)
{
    public int Number { get; } = number;

    public ClaimWork Work { get; } = work;

    public OperationState State { get; set; }

    /// <summary>Whether a release took effect at least once.</summary>
    public bool IsReleased { get; set; }
}

/// <summary>
/// Keeps a second book of all that was committed, and checks with each commit what must hold at every moment: one holder a domain, rising
/// epochs and versions, an event for each move, and no claim that waits for work that is not there.
/// </summary>
internal sealed class Ledger(Action<string> violate)
{
    public const string LateRelease = "late release";

    private readonly Dictionary<ClaimId, DomainClaim> _claims = [];
    private readonly Dictionary<ClaimId, int> _numbers = [];
    private readonly Dictionary<ClaimId, List<ClaimEvent>> _events = [];
    private readonly Dictionary<Guid, Operation> _operations = [];
    private readonly Dictionary<ClaimId, List<Operation>> _operationsOf = [];
    private readonly Dictionary<(string, DomainName), ClaimId> _holders = [];
    private readonly Dictionary<(string, DomainName), long> _epochs = [];
    private readonly List<Operation> _open = [];

    /// <summary>How often each event was written, and how often what came late was released again.</summary>
    public SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    public IEnumerable<DomainClaim> Claims => _claims.Values.OrderBy(claim => _numbers[claim.Id]);

    /// <summary>The operations that are not finished, in the order of their creation.</summary>
    public IReadOnlyList<Operation> Open => _open;

    public DomainClaim? Find(ClaimId id) => _claims.GetValueOrDefault(id);

    public IReadOnlyList<ClaimEvent> EventsOf(ClaimId id) => _events[id];

    public int NumberOf(ClaimId id) => _numbers[id];

    public int NumberOf(Guid operation) => _operations[operation].Number;

    public void NoteReleased(Guid operation) => _operations[operation].IsReleased = true;

    public void Record(ClaimCommit commit)
    {
        foreach (var entry in commit.Events)
        {
            Record(entry, commit);
        }

        foreach (var claim in commit.Claims)
        {
            Record(claim, commit);
        }

        foreach (var work in commit.Work)
        {
            var operation = new Operation(_operations.Count, work);
            _operations.Add(work.Id, operation);
            _operationsOf[work.ClaimId].Add(operation);
            _open.Add(operation);
            if (work.Kind == ClaimWorkKind.Release && commit.Claims.Count == 0)
            {
                Count(LateRelease);
            }
        }

        foreach (var settled in commit.Settled)
        {
            Record(settled, commit);
        }

        foreach (var replayed in commit.Replayed)
        {
            _operations[replayed.Id].State = OperationState.Waiting;
            Expect(Has(commit, ClaimEventTypes.WorkReplayed), "a replay leaves no event");
        }

        foreach (var claim in commit.Claims.Select(claim => claim.Id).Concat(commit.Settled.Select(item => ClaimOf(item.Id))).Distinct())
        {
            CheckWork(_claims[claim]);
        }
    }

    private static bool Has(ClaimCommit commit, params ReadOnlySpan<string> types)
    {
        foreach (var entry in commit.Events)
        {
            if (types.Contains(entry.Type))
            {
                return true;
            }
        }

        return false;
    }

    private void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;

    private ClaimId ClaimOf(Guid operation) => _operations[operation].Work.ClaimId;

    private void Record(ClaimEvent entry, ClaimCommit commit)
    {
        Count(entry.Type);
        var claim = commit.Claims.FirstOrDefault(item => item.Id == entry.ClaimId);
        var before = Find(entry.ClaimId);
        Expect(
            claim is not null && entry.ClaimVersion == claim.Version && entry.From == before?.Status && entry.To == claim.Status,
            $"{entry.Type} does not tell what happened to the claim");

        // One after the other: there is no moment with two holders, not even within a commit.
        var domain = (entry.Profile, entry.Domain);
        if (entry.To.Holds && entry.From is not { Holds: true })
        {
            Expect(entry.Type == ClaimEventTypes.Claimed, $"a holding begins with {entry.Type}");
            Expect(_holders.TryAdd(domain, entry.ClaimId), $"two hold {entry.Domain}");
            Expect(entry.Epoch > _epochs.GetValueOrDefault(domain), $"the epoch of {entry.Domain} does not rise");
            _epochs[domain] = entry.Epoch;
        }
        else if (entry.From is { Holds: true } && !entry.To.Holds)
        {
            Expect(_holders.Remove(domain), $"nobody held {entry.Domain}");
            Expect(
                entry.Type != ClaimEventTypes.Released || Has(commit, ClaimEventTypes.Claimed),
                "a takeover leaves a moment without a holder");
        }
    }

    private void Record(DomainClaim claim, ClaimCommit commit)
    {
        var entry = commit.Events.FirstOrDefault(item => item.ClaimId == claim.Id);
        if (!_claims.TryGetValue(claim.Id, out var before))
        {
            _numbers.Add(claim.Id, _numbers.Count);
            _events.Add(claim.Id, []);
            _operationsOf.Add(claim.Id, []);
        }

        Expect(claim.Version == (before?.Version ?? 0) + 1, "a version is left out or written twice");
        Expect(entry is not null || (before is not null && before.Status == claim.Status), "a claim moves without an event");
        Expect(!claim.Status.Holds || entry is null || entry.Type is ClaimEventTypes.ReleaseFailed or ClaimEventTypes.WorkReplayed
            or ClaimEventTypes.WorkDiscarded || entry.Epoch == claim.Epoch, "the event has another epoch than the holding");
        Expect(
            before is not { Status.Holds: true } || claim.Status.Holds || commit.Work.Any(work =>
                work.Kind == ClaimWorkKind.Release && work.ClaimId == claim.Id && work.Epoch == before.Epoch),
            "a holding ends and is not released");
        Expect(
            claim.Identities.All(identity => _operations[Guid.Parse(identity.Id)].Work is var work
                && work.ClaimId == claim.Id && work.Epoch == claim.Epoch),
            "a claim has the identities of another holding");
        if (entry is not null)
        {
            _events[claim.Id].Add(entry);
        }

        _claims[claim.Id] = claim;
    }

    private void Record(SettledWork settled, ClaimCommit commit)
    {
        var operation = _operations[settled.Id];
        if (settled.DeadAt is not null)
        {
            operation.State = OperationState.Dead;
            Expect(
                Has(commit, ClaimEventTypes.ProvisioningFailed, ClaimEventTypes.ReleaseFailed),
                "a dead letter does not show at its claim");
        }
        else if (settled.RetryAt is null)
        {
            Expect(
                operation.Work.Kind == ClaimWorkKind.Provision || operation.IsReleased || operation.State == OperationState.Dead,
                "a release is finished and was never done");
            operation.State = OperationState.Finished;
            _open.Remove(operation);
        }
    }

    /// <summary>A claim waits for identities just when there is work that makes them; a dead letter shows as an error, and only there.</summary>
    private void CheckWork(DomainClaim claim)
    {
        var provisions = _operationsOf[claim.Id].Where(item =>
            item.Work.Kind == ClaimWorkKind.Provision && item.Work.Epoch == claim.Epoch && item.State != OperationState.Finished).ToList();
        var waits = claim is { Status: ClaimStatus.Provisioning, ProvisioningError: null };
        var failed = claim is { Status: ClaimStatus.Provisioning, ProvisioningError: not null };
        Expect(!waits || provisions.Count(item => item.State == OperationState.Waiting) == 1, "a claim waits for work that is not there");
        Expect(!failed || provisions.All(item => item.State == OperationState.Dead), "a claim has failed and its work goes on");
        Expect(
            _operationsOf[claim.Id].All(item => item.State != OperationState.Dead || item.Work.Kind == ClaimWorkKind.Release
                || (failed && item.Work.Epoch == claim.Epoch)),
            "the dead letter of a provision has outlived its reason");
    }

    private void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            violate(otherwise);
        }
    }
}
