using DomainVerification.Email.Tests.Hosts;

namespace DomainVerification.Email.Tests.Work;

/// <summary>What the worker of sending identities leaves behind when its host stops.</summary>
public sealed class StoppedHoldingsTests : IAsyncDisposable
{
    private const int Many = 3;

    private static readonly TimeSpan RealDeadline = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly EmailWorld _world = new(options => options.Checks.Start = RecheckStart.Immediately);

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Before_the_first_look_all_are_due_at_once_and_otherwise_as_they_were()
    {
        var before = await DueAsync();
        _world.Records.AfterLease = _stop.CancelAsync;

        await StopAsync();

        Assert.Empty(_world.Resolver.Queries);
        Assert.Equal(before.Select(record => record with { Version = record.Version + 1 }), Stored());
        _world.Records.AfterLease = null;
        Assert.Equal(Many, await _world.WorkAsync());
    }

    [Fact]
    public async Task Half_way_what_is_written_stays_and_the_rest_is_due_at_once()
    {
        await DueAsync();
        _world.Worker.Concurrency = 1;
        var saves = 0;
        _world.Records.AfterSave = _ =>
        {
            if (++saves == 2)
            {
                _stop.Cancel();
            }
        };
        var before = Stored();

        await StopAsync();

        Assert.Equal(3, saves);
        Assert.All(before.Zip(Stored()), pair => Assert.Equal(pair.First.Version + 1, pair.Second.Version));
        Assert.Single(Stored(), record => before.Any(old => old.Key == record.Key && old.DueAt == record.DueAt && old.Data == record.Data));
        _world.Records.AfterSave = null;
        Assert.Equal(1, await _world.WorkAsync());
    }

    [Fact]
    public async Task A_look_whose_save_was_written_all_the_same_is_not_given_back()
    {
        await DueAsync();
        _world.Worker.Concurrency = 1;
        var before = Stored();
        _world.Records.AfterSave = record =>
        {
            _world.Records.AfterSave = null;
            _stop.Cancel();
            _stop.Token.ThrowIfCancellationRequested();
        };

        await StopAsync();

        Assert.All(before.Zip(Stored()), pair => Assert.Equal(pair.First.Version + 1, pair.Second.Version));
        Assert.Equal(Many - 1, await _world.WorkAsync());
    }

    [Fact]
    public async Task A_store_that_fails_does_not_hold_up_the_stop_and_the_leases_run_out()
    {
        await DueAsync();
        _world.Records.AfterLease = _stop.CancelAsync;
        _world.Records.Before = (call, _) => call == "save" ? throw new IOException("The medium is gone.") : Task.CompletedTask;

        await StopAsync();

        (_world.Records.AfterLease, _world.Records.Before) = (null, null);
        Assert.Equal(0, await _world.WorkAsync());
        _world.Clock.Advance(_world.Worker.LeaseDuration);
        Assert.Equal(Many, await _world.WorkAsync());
    }

    [Fact]
    public async Task A_store_that_hangs_holds_the_stop_up_for_five_seconds()
    {
        await DueAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.Records.AfterLease = _stop.CancelAsync;
        _world.Records.Before = (call, _) =>
        {
            if (call != "save")
            {
                return Task.CompletedTask;
            }

            asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
        };
        var stopping = StopAsync();
        await asked.Task.WaitAsync(RealDeadline);

        _world.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(stopping.IsCompleted);
        _world.Clock.Advance(TimeSpan.FromSeconds(0.1));

        await stopping;
    }

    [Fact]
    public async Task Leases_that_have_run_out_are_left_alone()
    {
        await DueAsync();
        var before = Stored();
        _world.Records.AfterLease = () =>
        {
            _world.Clock.Advance(_world.Worker.LeaseDuration);
            return _stop.CancelAsync();
        };

        await StopAsync();

        Assert.Equal(before, Stored());
    }

    /// <summary>Holdings whose looks are due.</summary>
    private async Task<IReadOnlyList<HoldingRecord>> DueAsync()
    {
        for (var i = 0; i < Many; i++)
        {
            _world.Dns.Zone($"n{i}.example");
            await _world.SettleAsync("ann", $"n{i}.example");
        }

        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        return Stored();
    }

    private List<HoldingRecord> Stored() => [.. _world.Records.All.OrderBy(record => record.Domain.Value, StringComparer.Ordinal)];

    /// <summary>Works until the stop.</summary>
    private Task StopAsync() => Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.WorkAsync(_stop.Token)).WaitAsync(RealDeadline);
}
