using DomainVerification.Challenges.Internal;
using DomainVerification.Claims.Internal;
using DomainVerification.Identities.Internal;
using DomainVerification.Limits.Internal;
using DomainVerification.Notices.Internal;
using DomainVerification.Proofs.Internal;
using DomainVerification.PublicSuffixes;
using DomainVerification.Simulation.Tests.Gates;
using DomainVerification.Transfers.Internal;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>
/// One process: the product's own parts over gates. When it dies, its calls are never answered, and another node takes its place.
/// </summary>
internal sealed class Node
{
    private readonly SimulationRun _simulation;
    private readonly GatedStore _store;
    private readonly OutboxDispatcher _dispatcher;
    private readonly DueClaimProcessor _due;

    public Node(SimulationRun simulation, int number)
    {
        var parts = simulation.Parts;
        var clock = simulation.Clock;
        var services = new NodeServices(this, simulation);
        _simulation = simulation;
        Number = number;
        _store = new GatedStore(this, simulation);
        var issuer = new GatedIssuer(this, simulation);
        var challenges = new ChallengeIssuer(issuer, parts.Names);
        var provisioners = new ProvisionerRegistry(
            new NullIdentityProvisioner(),
            SimulationParts.Provisioners.Select(name => new ProvisionerName(name)),
            services);
        var handlers = new EventHandlerRegistry(SimulationParts.Handlers.Select(name => new EventHandlerName(name)), services);
        var commits = new ClaimCommits(handlers, _store, new InProcessClaimSignals(), NullLogger<ClaimCommits>.Instance);
        var contenders = new ClaimContenders(_store);
        var ended = new EndedProvisions(_store);
        var manager = new DomainClaimManager(
            _store,
            issuer,
            challenges,
            new ProofCheckerSelector(new GatedChecker(this, simulation)),
            parts.Names,
            parts.Profiles,
            provisioners,
            new TransferJudge(_store, new GatedActivity(this, simulation), new TransferPolicyRegistry(services), clock),
            contenders,
            new OpenUndoing(_store),
            commits,
            ended,
            new ProvisioningWait(_store, new InProcessClaimSignals(), new WorkerBell(), clock, NullLogger<ProvisioningWait>.Instance),
            parts.Limiter,
            new PendingClaims(_store),
            clock,
            NullLogger<DomainClaimManager>.Instance);
        Manager = manager;
        Outbox = new OutboxOperator(_store, commits, clock, NullLogger<OutboxOperator>.Instance);
        Reviews = new TransferReviews(
            _store,
            commits,
            contenders,
            new RestoredClaims(challenges, provisioners, clock),
            new ReviewParties(_store),
            ended,
            parts.Profiles,
            clock,
            NullLogger<TransferReviews>.Instance);
        _dispatcher = new OutboxDispatcher(
            _store,
            new WorkCalls(_store, provisioners, handlers),
            commits,
            parts.Worker,
            clock,
            NullLogger<OutboxDispatcher>.Instance);
        _due = new DueClaimProcessor(_store, manager, PublicSuffixList.BuiltIn, parts.Worker, clock, NullLogger<DueClaimProcessor>.Instance);
    }

    public int Number { get; }

    public bool IsDead { get; set; }

    /// <summary>How many activities are under way.</summary>
    public int Running { get; private set; }

    public IDomainClaimManager Manager { get; }

    public IOutbox Outbox { get; }

    public ITransferReviews Reviews { get; }

    /// <summary>Begins something; it goes on as its calls are answered.</summary>
    public async void Start(string name, Func<Node, Task> activity)
    {
        _simulation.Note(name, this);
        Running++;
        await RunAsync(() => activity(this)).ConfigureAwait(false);
        Running--;
    }

    /// <summary>One round of the outbox: the product's own steps, without the thread pool that runs them in parallel.</summary>
    public async Task DispatchAsync()
    {
        var options = _simulation.Parts.Worker.CurrentValue;
        var lease = new LeaseRequest(_simulation.Clock.GetUtcNow(), options.LeaseDuration, options.BatchSize);
        var leased = await _store.LeaseWorkAsync(lease, default).ConfigureAwait(false);
        await Task.WhenAll(leased.Select(work =>
            RunAsync(() => _dispatcher.DoAsync(work, lease.Now + lease.Duration, options.MaximumAttempts, default)))).ConfigureAwait(false);
    }

    /// <summary>One round of due claims.</summary>
    public async Task LookAsync()
    {
        var options = _simulation.Parts.Worker.CurrentValue;
        var lease = new LeaseRequest(_simulation.Clock.GetUtcNow(), options.LeaseDuration, options.BatchSize);
        var leased = await _store.LeaseDueClaimsAsync(lease, default).ConfigureAwait(false);
        var outcomes = _due.Gather(options);
        await Task.WhenAll(leased.Select(claim =>
            RunAsync(() => _due.DoAsync(new LeasedClaim(claim, lease.Now + lease.Duration), outcomes, default)))).ConfigureAwait(false);
        await RunAsync(() => outcomes.FlushAsync(default)).ConfigureAwait(false);
    }

    private async Task RunAsync(Func<Task> activity)
    {
        try
        {
            await activity().ConfigureAwait(false);
        }
        catch (SimulatedOutageException)
        {
            // The caller sees an error and goes away; what it began must be safe to leave like that.
            _simulation.Note("outage seen", this);
        }
        catch (OperationCanceledException)
        {
            // The worker has waited as long as its lease.
            _simulation.Note("lease ran out", this);
        }
        catch (Exception exception)
        {
            _simulation.Violate(exception.ToString());
        }
    }
}
