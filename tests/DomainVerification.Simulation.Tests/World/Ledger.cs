using DomainVerification.Simulation.Tests.World.Rules;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>
/// Keeps a second book of all that was committed, said and told, and checks with each commit what must hold at every moment.
/// </summary>
internal sealed class Ledger
{
    public const string LateRelease = "late release";

    private readonly Action<string> _violate;
    private readonly Dictionary<ClaimId, DomainClaim> _claims = [];
    private readonly Dictionary<ClaimId, int> _numbers = [];
    private readonly Dictionary<ClaimId, List<ClaimEvent>> _events = [];
    private readonly Dictionary<(string, DomainName), List<ClaimId>> _domains = [];
    private readonly Dictionary<Guid, Operation> _operations = [];
    private readonly Dictionary<ClaimId, List<Operation>> _operationsOf = [];
    private readonly Dictionary<(ClaimId, long, string), Operation> _notices = [];
    private readonly Dictionary<(string, DomainName, string), List<Operation>> _untold = [];
    private readonly HashSet<(ClaimId, long, string)> _lies = [];
    private readonly List<Operation> _open = [];
    private readonly HoldingRules _holdings;
    private readonly ProofRules _proofs;
    private readonly TransferRules _transfers;
    private readonly WorkRules _work;

    public Ledger(SimulationParts parts, Action<string> violate)
    {
        _violate = violate;
        _holdings = new HoldingRules(this);
        _proofs = new ProofRules(this);
        _transfers = new TransferRules(this, _holdings, parts.Profiles);
        _work = new WorkRules(this);
    }

    /// <summary>How often each event was written, and how often what came late was released again.</summary>
    public SortedDictionary<string, int> Counts { get; } = new(StringComparer.Ordinal);

    public IEnumerable<DomainClaim> Claims => _claims.Values.OrderBy(claim => _numbers[claim.Id]);

    /// <summary>The operations that are not finished, in the order of their creation.</summary>
    public IReadOnlyList<Operation> Open => _open;

    public DomainClaim? Find(ClaimId id) => _claims.GetValueOrDefault(id);

    public IReadOnlyList<ClaimEvent> EventsOf(ClaimId id) => _events[id];

    public IEnumerable<DomainClaim> ClaimsTo(string profile, DomainName domain) =>
        _domains.GetValueOrDefault((profile, domain), []).Select(id => _claims[id]);

    /// <summary>What provisioners do, or did, for a claim.</summary>
    public IReadOnlyList<Operation> OperationsOf(ClaimId id) => _operationsOf[id];

    public Operation? NoticeOf(ClaimEvent entry, string handler) =>
        _notices.GetValueOrDefault((entry.ClaimId, entry.ClaimVersion, handler));

    public Operation OperationOf(Guid id) => _operations[id];

    public int NumberOf(ClaimId id) => _numbers[id];

    public int NumberOf(Guid operation) => _operations[operation].Number;

    /// <summary>A release took effect.</summary>
    public void NoteReleased(Guid operation) => _operations[operation].IsDone = true;

    /// <summary>
    /// An operator has read a dead letter and gives it up. A notice moves no claim, so that nothing tells this operator from one who
    /// replays it at the same moment: whoever gives it up may win.
    /// </summary>
    public void NoteDiscard(ClaimWork dead) => _operations[dead.Id].WasGivenUp = true;

    /// <summary>A provisioner said that it has made this.</summary>
    public void NoteMade(Guid operation, IReadOnlyList<ProvisionedIdentity> identities) => _operations[operation].Answers.Add(identities);

    /// <summary>A provisioner said something of a holding that is not so.</summary>
    public void NoteLie(ClaimId claim, long epoch, string provisioner) => _lies.Add((claim, epoch, provisioner));

    public bool HasLied(ClaimId claim, long epoch, string provisioner) => _lies.Contains((claim, epoch, provisioner));

    /// <summary>
    /// A handler heard of an event, which must be one that was committed. It hears of the events of a domain in their order, save those
    /// that were dead letters meanwhile.
    /// </summary>
    public void NoteTold(string handler, ClaimEvent told)
    {
        var operation = _notices[(told.ClaimId, told.ClaimVersion, handler)];
        Count(operation.IsDone ? "told again" : "told");
        if (operation.IsDone)
        {
            return;
        }

        var untold = _untold[(told.Profile, told.Domain, handler)];
        Expect(_events[told.ClaimId].Contains(told), $"{handler} is told of an event that is not in the trail");
        Expect(
            untold.TakeWhile(item => item != operation).All(item => item.WasDead),
            $"{handler} is told of {told.Type} before an earlier event of the domain");
        untold.Remove(operation);
        operation.IsDone = true;
    }

    public void Record(ClaimCommit commit)
    {
        var change = new Change(
            commit,
            [
                .. commit.Claims.Select(claim =>
                    new Move(Find(claim.Id), claim, commit.Events.FirstOrDefault(entry => entry.ClaimId == claim.Id))),
            ]);
        foreach (var entry in commit.Events)
        {
            Count(entry.Type);
            Expect(
                change.Of(entry.ClaimId) is { } move && entry.ClaimVersion == move.After.Version && entry.From == move.Before?.Status
                    && entry.To == move.After.Status,
                $"{entry.Type} does not tell what happened to the claim");
        }

        _holdings.Check(change);
        foreach (var move in change.Moves)
        {
            Record(move);
        }

        foreach (var work in commit.Work)
        {
            Record(work);
        }

        _proofs.Check(change);
        _work.Check(change);
        _transfers.Check(change);
        foreach (var settled in commit.Settled)
        {
            Settle(settled);
        }

        foreach (var replayed in commit.Replayed)
        {
            _operations[replayed.Id].State = OperationState.Waiting;
        }

        _work.CheckSteps(commit.Claims.Select(claim => claim.Id)
            .Concat(commit.Settled.Select(item => _operations[item.Id].Work.ClaimId)).Distinct().Select(id => _claims[id]));
    }

    public void Count(string what) => Counts[what] = Counts.GetValueOrDefault(what) + 1;

    public void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            _violate(otherwise);
        }
    }

    private void Record(Move move)
    {
        var (before, after, entry) = move;
        if (before is null)
        {
            _numbers.Add(after.Id, _numbers.Count);
            _events.Add(after.Id, []);
            _operationsOf.Add(after.Id, []);
            if (!_domains.TryGetValue((after.Profile, after.Domain), out var claims))
            {
                _domains.Add((after.Profile, after.Domain), claims = []);
            }

            claims.Add(after.Id);
        }

        Expect(after.Version == (before?.Version ?? 0) + 1, "a version is left out or written twice");
        Expect(entry is not null || (before is not null && before.Status == after.Status), "a claim moves without an event");
        Expect(before is not { Status.IsLive: false } || after.Status == before.Status, "a claim that has ended comes back to life");
        if (entry is not null)
        {
            _events[after.Id].Add(entry);
        }

        _claims[after.Id] = after;
    }

    private void Record(ClaimWork work)
    {
        var operation = new Operation(_operations.Count, work);
        _operations.Add(work.Id, operation);
        _open.Add(operation);
        if (work.Kind != ClaimWorkKind.Notify)
        {
            _operationsOf[work.ClaimId].Add(operation);
            return;
        }

        var key = (work.Profile, work.Domain, work.Target);
        if (!_untold.TryGetValue(key, out var untold))
        {
            _untold.Add(key, untold = []);
        }

        _notices.Add((work.ClaimId, work.ClaimVersion, work.Target), operation);
        untold.Add(operation);
    }

    private void Settle(SettledWork settled)
    {
        var operation = _operations[settled.Id];
        if (settled.DeadAt is not null)
        {
            operation.State = OperationState.Dead;
            operation.WasDead = true;
        }
        else if (settled.RetryAt is null)
        {
            operation.State = OperationState.Finished;
            _open.Remove(operation);
        }
    }
}
