using System.Diagnostics;
using DomainVerification.EntityFrameworkCore;
using DomainVerification.Kill.Host;
using DomainVerification.Kill.Host.Identities;
using DomainVerification.Kill.Host.Notices;
using DomainVerification.Kill.Tests.Invariants;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Kill.Tests.Processes;

/// <summary>The worker processes on one PostgreSQL: some at work, and one that stands by to take the place of the next that dies.</summary>
internal sealed class HostGroup : IAsyncDisposable
{
    private const int Size = 3;
    private static readonly TimeSpan DrainDeadline = TimeSpan.FromMinutes(6);

    private readonly FastTimeProvider.Base _clock = FastTimeProvider.Base.Now();
    private readonly List<HostProcess> _working = [];
    private readonly List<HostProcess> _ended = [];
    private readonly PostgresServer _server;
    private readonly string _claims;
    private readonly string _made;
    private readonly int _seed;
    private readonly ServiceProvider _store;
    private readonly IdentityTable _identities;
    private readonly NoticeTable _notices;
    private readonly SnapshotReader _reader;
    private HostProcess _standby;
    private int _nodes;

    private HostGroup(PostgresServer server, string claims, string made, int seed)
    {
        _server = server;
        _claims = claims;
        _made = made;
        _seed = seed;
        _store = HostSetup.BuildStore(claims);
        _identities = new IdentityTable(made);
        _notices = new NoticeTable(made);
        _reader = new SnapshotReader(_store.GetRequiredService<IClaimStore>(), _identities, _notices);
        _standby = StartProcess();
    }

    private IEnumerable<HostProcess> All => [.. _ended, .. _working];

    public static async Task<HostGroup> StartAsync(int seed)
    {
        var server = await PostgresServer.StartAsync();
        var group = new HostGroup(server, await server.CreateDatabaseAsync(), await server.CreateDatabaseAsync(), seed);
        await group.CreateTablesAsync();
        for (var i = 0; i < Size; i++)
        {
            await group.PutStandbyToWorkAsync();
        }

        return group;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in (HostProcess[])[.. _working, _standby])
        {
            await process.DisposeAsync();
        }

        await _identities.DisposeAsync();
        await _notices.DisposeAsync();
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>
    /// The process that comes to a step first dies and another takes its place, while the others go on. Two that come to it at the same
    /// time both die.
    /// </summary>
    public async Task KillAtAsync(string step, Random random)
    {
        HostProcess[] armed = [.. _working];
        await Task.WhenAll(armed.Select(process => process.ArmAsync(step, random.Next(1, 3))));
        try
        {
            await HostProcess.WaitForFirstEndAsync(armed, $"at {step}");
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"{error.Message}\n{await DescribeAsync()}", error);
        }

        await Task.WhenAll(armed.Select(process => process.SpareAsync()));
        foreach (var victim in armed.Where(process => process.HasEnded))
        {
            Assert.Equal(step, victim.DiedAt);
            await ReplaceAsync(victim);
        }
    }

    /// <summary>
    /// As <see cref="KillAtAsync"/>, at any moment; and another process stands still meanwhile, for about as long as its leases last.
    /// </summary>
    public async Task KillAtRandomAsync(Random random)
    {
        var victim = _working[random.Next(Size)];
        var halted = _working[random.Next(Size)];
        halted.Halt();
        await Task.Delay(random.Next(200, 900));
        victim.Kill();
        await victim.WaitForEndAsync("when it was killed");
        await ReplaceAsync(victim);
        if (halted != victim)
        {
            halted.Resume();
        }
    }

    /// <summary>The database server dies under the load and comes back.</summary>
    public async Task CrashServerAsync()
    {
        CheckFaults();
        await _server.RestartAsync(immediate: true);
        await Task.WhenAll(_working.Select(process => process.WaitForAcknowledgementAsync()));

        // Connections that broke meanwhile are met one after the other.
        await Task.Delay(TimeSpan.FromSeconds(2));
        foreach (var process in _working)
        {
            process.Faults.Clear();
        }
    }

    /// <summary>Stops the load, lets the workers finish, and reads everything; the load goes on afterwards.</summary>
    public async Task<Snapshot> InspectAsync()
    {
        await Task.WhenAll(_working.Select(process => process.QuietenAsync()));
        await DrainAsync();
        CheckFaults();
        var snapshot = await _reader.ReadAsync(CancellationToken.None) with
        {
            Acknowledged = [.. All.SelectMany(process => process.Acknowledged)],
            Silent = All.SelectMany(process => process.Silent).ToHashSet(),
        };
        await Task.WhenAll(_working.Select(process => process.LoadAsync()));
        return snapshot;
    }

    private async Task<string> DescribeAsync()
    {
        var snapshot = await _reader.ReadAsync(CancellationToken.None);
        var processes = _working.Select(process => $"Process {process.Node}: {process.Acknowledged.Count} acknowledged");
        var work = snapshot.Work.Select(item => $"Waiting: {item}");
        return string.Join('\n', [.. processes, .. work, .. snapshot.FindViolations().Take(20)]);
    }

    private async Task CreateTablesAsync()
    {
        await _identities.CreateAsync(CancellationToken.None);
        await _notices.CreateAsync(CancellationToken.None);
        var factory = _store.GetRequiredService<IDbContextFactory<DomainVerificationDbContext>>();
        await using var context = await factory.CreateDbContextAsync();
        await context.Database.EnsureCreatedAsync();
    }

    private HostProcess StartProcess() => new(new HostArguments(_claims, _made, _nodes, _seed + _nodes++, _clock));

    private async Task ReplaceAsync(HostProcess dead)
    {
        _working.Remove(dead);
        _ended.Add(dead);
        await PutStandbyToWorkAsync();
    }

    private async Task PutStandbyToWorkAsync()
    {
        var next = _standby;
        _standby = StartProcess();
        await next.WaitUntilReadyAsync();
        await next.LoadAsync();
        _working.Add(next);
    }

    /// <summary>Lets the workers finish. What they have not finished by the deadline is for the checks to name.</summary>
    private async Task DrainAsync()
    {
        var started = Stopwatch.StartNew();
        while (await _reader.CountWaitingAsync(CancellationToken.None) > 0 && started.Elapsed < DrainDeadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
        }
    }

    /// <summary>Everything that is expected is a value, so nothing but an outage explains an exception.</summary>
    private void CheckFaults()
    {
        var faults = All.SelectMany(process => process.Faults).ToList();
        Assert.True(faults.Count == 0, $"{faults.Count} exceptions, such as\n{string.Join('\n', faults.Take(5))}");
    }
}
