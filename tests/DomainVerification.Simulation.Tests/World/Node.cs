using DomainVerification.Claims.Internal;
using DomainVerification.Proofs.Internal;
using DomainVerification.Simulation.Tests.Gates;
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
        var provisioner = new GatedProvisioner(this, simulation);
        _simulation = simulation;
        Number = number;
        _store = new GatedStore(this, simulation);
        var manager = new DomainClaimManager(
            _store,
            new GatedIssuer(this, simulation),
            new ProofCheckerSelector([], new GatedChecker(this, simulation)),
            parts.Names,
            parts.Profiles,
            provisioner,
            simulation.Clock,
            NullLogger<DomainClaimManager>.Instance);
        Manager = manager;
        Outbox = new OutboxOperator(_store, simulation.Clock, NullLogger<OutboxOperator>.Instance);
        _dispatcher = new OutboxDispatcher(_store, provisioner, parts.Worker, simulation.Clock, NullLogger<OutboxDispatcher>.Instance);
        _due = new DueClaimProcessor(_store, manager, parts.Worker, simulation.Clock, NullLogger<DueClaimProcessor>.Instance);
    }

    public int Number { get; }

    public bool IsDead { get; set; }

    /// <summary>How many activities are under way.</summary>
    public int Running { get; private set; }

    public IDomainClaimManager Manager { get; }

    public IOutbox Outbox { get; }

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
        await Task.WhenAll(leased.Select(claim =>
            RunAsync(() => _due.DoAsync(claim, lease.Now + lease.Duration, default)))).ConfigureAwait(false);
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
        catch (Exception exception)
        {
            _simulation.Violate(exception.ToString());
        }
    }
}
