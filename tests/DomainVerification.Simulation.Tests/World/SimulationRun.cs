using DomainVerification.Simulation.Tests.Gates;
using DomainVerification.Testing;

namespace DomainVerification.Simulation.Tests.World;

/// <summary>
/// One run: some nodes over one store, and a simulator that decides by its seed alone which call goes on next, and how. Everything happens
/// on one thread: an answered call runs the product's code until its next call.
/// </summary>
internal sealed class SimulationRun
{
    private const int Nodes = 3;
    private const int MaximumActivities = 6;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Weather _weather;
    private readonly List<PendingCall> _pending = [];
    private readonly List<PendingCall> _hanging = [];
    private readonly Node[] _nodes = new Node[Nodes];
    private int _tokens;

    public SimulationRun(ulong seed, SimulationParts parts, bool keepsLines = false)
    {
        Seed = seed;
        Parts = parts;
        Random = new SimulationRandom(seed);
        Trace = new Trace(keepsLines);
        Ledger = new Ledger(parts, Violate);
        Provisioned = SimulationParts.Provisioners.ToDictionary(name => name, name => new ProvisionedWorld(name));
        _weather = new Weather(Random);
        for (var i = 0; i < Nodes; i++)
        {
            _nodes[i] = new Node(this, i);
        }
    }

    public ulong Seed { get; }

    public SimulationParts Parts { get; }

    public SimulationRandom Random { get; }

    public Trace Trace { get; }

    public Ledger Ledger { get; }

    public ManualTimeProvider Clock { get; } = new();

    public InMemoryClaimStore Medium { get; } = new();

    /// <summary>What exists at each provisioner.</summary>
    public IReadOnlyDictionary<string, ProvisionedWorld> Provisioned { get; }

    public Zone Zone { get; } = new();

    public DomainUses Uses { get; } = new();

    /// <summary>The cases that reviewers have read, with the versions that they read.</summary>
    public List<TransferReview> Read { get; } = [];

    /// <summary>Whether the weather is fine for good.</summary>
    public bool IsCalm { get; private set; }

    /// <summary>How many calls have gone on.</summary>
    public int Steps { get; private set; }

    /// <summary>How often the weather struck: faults, crashes, lost answers and answers that nobody waits for any more.</summary>
    public SortedDictionary<string, int> Strikes { get; } = new(StringComparer.Ordinal);

    /// <summary>The first rule that was broken, or null.</summary>
    public string? Violation { get; private set; }

    public int NextToken() => ++_tokens;

    /// <summary>Draws from the weather, which is fine once the run settles.</summary>
    public bool Draws(Func<Weather, int> perMille) => !IsCalm && Random.Chance(perMille(_weather));

    public void Violate(string rule) => Violation ??= rule;

    public void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Violate(otherwise);
        }
    }

    public void Note(string what, Node node, long detail = 0) => Trace.Add(what, node.Number, detail, Clock.GetUtcNow());

    /// <summary>Notes what the weather did to a node.</summary>
    public void Strike(string what, Node node)
    {
        Strikes[what] = Strikes.GetValueOrDefault(what) + 1;
        Note(what, node);
    }

    /// <summary>Lets a node wait for a call; for a very long time, where the call may hang. A dead node waits for ever.</summary>
    public Task<T> CallAsync<T>(Node node, string name, Func<T> action, bool mayHang = false)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            Violate("the product left the simulator's thread, so the run cannot be repeated");
        }

        var call = new PendingCall<T>(name, node, action);
        if (node.IsDead)
        {
            return call.Task;
        }

        if (mayHang && Draws(weather => weather.Hang))
        {
            Strike("hang", node);
            _hanging.Add(call);
        }
        else
        {
            _pending.Add(call);
        }

        return call.Task;
    }

    /// <summary>Runs in the weather for so many steps, then lets everything settle and checks that all is as it must be.</summary>
    public void Run(int steps)
    {
        while (Steps < steps && Violation is null)
        {
            Act();
        }

        IsCalm = true;
        WakeHanging();
        if (Violation is null)
        {
            Settlement.Run(this, _nodes);
        }
    }

    /// <summary>Lets all calls go on until nobody waits any more.</summary>
    public void Drain()
    {
        while (_pending.Count > 0 && Violation is null)
        {
            Advance(TakeAny());
        }
    }

    public void Move(TimeSpan time)
    {
        Trace.Add("clock", -1, time.Ticks, Clock.GetUtcNow());
        Clock.Advance(time);
    }

    public void Restart(int number)
    {
        _nodes[number] = new Node(this, number);
        Note("restart", _nodes[number]);
    }

    private void Act()
    {
        var node = Random.Pick(_nodes);
        if (node.IsDead)
        {
            if (Draws(weather => weather.Restart))
            {
                Restart(node.Number);
            }
        }
        else if (Draws(weather => weather.Crash))
        {
            Crash(node);
        }
        else if (node.Running < MaximumActivities && (_pending.Count == 0 || Draws(weather => weather.Start)))
        {
            Activities.StartAny(this, node);
        }

        if (_hanging.Count > 0 && Random.Chance(2))
        {
            WakeHanging();
        }

        if (Draws(weather => weather.Down))
        {
            Provisioned[Random.Pick(SimulationParts.Provisioners)].DownUntil = Clock.GetUtcNow() + TimeSpan.FromDays(1);
        }

        if (_pending.Count == 0 || Draws(weather => weather.Tick))
        {
            Move(Tick());
        }

        if (_pending.Count > 0)
        {
            Advance(TakeAny());
        }
    }

    /// <summary>What hung so long that nobody waits for it any more goes on all the same.</summary>
    private void WakeHanging()
    {
        _pending.AddRange(_hanging);
        _hanging.Clear();
    }

    /// <summary>Mostly seconds, sometimes a whole lease, seldom hours.</summary>
    private TimeSpan Tick() => Random.Below(100) switch
    {
        < 60 => TimeSpan.FromSeconds(1 + Random.Below(20)),
        < 80 => TimeSpan.FromSeconds(20 + Random.Below(160)),
        < 97 => Parts.Worker.CurrentValue.LeaseDuration,
        _ => TimeSpan.FromHours(1 + Random.Below(4)),
    };

    private void Crash(Node node)
    {
        node.IsDead = true;
        Strike("crash", node);

        // What was sent before may still arrive, now or much later.
        for (var i = _pending.Count - 1; i >= 0; i--)
        {
            if (_pending[i].Node == node && Random.Chance(500))
            {
                _pending.RemoveAt(i);
            }
        }
    }

    private PendingCall TakeAny()
    {
        var index = Random.Below(_pending.Count);
        var call = _pending[index];
        _pending[index] = _pending[^1];
        _pending.RemoveAt(_pending.Count - 1);
        return call;
    }

    private void Advance(PendingCall call)
    {
        Steps++;
        Note(call.Name, call.Node, Steps);
        if (call.Node.IsDead)
        {
            Strike("done after the crash", call.Node);
            call.Do();
        }
        else if (Draws(weather => weather.FaultBefore))
        {
            Strike("fault before", call.Node);
            call.Fail();
        }
        else if (Draws(weather => weather.FaultAfter))
        {
            Strike("fault after", call.Node);
            call.Do();
            call.Fail();
        }
        else
        {
            call.Do();
            call.Answer();
        }
    }
}
