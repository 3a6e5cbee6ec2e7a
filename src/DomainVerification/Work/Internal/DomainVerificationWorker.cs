using DomainVerification.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Work.Internal;

/// <summary>
/// Runs rounds of due claims and outbox work, and deletes what has expired, until the host stops. A fault ends its batch and never the
/// loop.
/// </summary>
internal sealed class DomainVerificationWorker(
    DueClaimProcessor claims,
    OutboxDispatcher outbox,
    IdempotencySweeper sweeper,
    WorkerBell bell,
    IOptionsMonitor<DomainVerificationWorkerOptions> options,
    TimeProvider time,
    ILogger<DomainVerificationWorker> logger) : BackgroundService
{
    private TimeSpan _pause = new DomainVerificationWorkerOptions().PollInterval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunRoundAsync(stoppingToken).ConfigureAwait(false);
            await PauseAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sleeps until the next round, or until somebody asks for one.</summary>
    private async Task PauseAsync(CancellationToken stoppingToken)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(Task.Delay(_pause, time, awake.Token), bell.WaitAsync(awake.Token)).ConfigureAwait(false);
        await awake.CancelAsync().ConfigureAwait(false);
    }

    private async Task RunRoundAsync(CancellationToken stoppingToken)
    {
        // Read again each time, so that a reload of the configuration turns the worker off and on.
        if (ReadSettings() is not { Enabled: true })
        {
            return;
        }

        // A batch that was not full may have freed more: behind each piece of work stands the next one for its domain.
        int most;
        do
        {
            most = await RunBothAsync(stoppingToken).ConfigureAwait(false);
        }
        while (most > 0);

        await TryAsync(sweeper.RunOnceAsync, stoppingToken).ConfigureAwait(false);
    }

    /// <summary>A sweep over the due claims, and beside it, however long it takes, the work that it and others leave in the outbox.</summary>
    private async Task<int> RunBothAsync(CancellationToken stoppingToken)
    {
        var most = 0;
        var sweep = TryAsync(claims.RunOnceAsync, stoppingToken);
        while (true)
        {
            var isLast = sweep.IsCompleted || stoppingToken.IsCancellationRequested;
            var done = await TryAsync(outbox.RunOnceAsync, stoppingToken).ConfigureAwait(false);
            most = Math.Max(most, done);
            if (isLast && done == 0)
            {
                return Math.Max(most, await sweep.ConfigureAwait(false));
            }

            if (done == 0)
            {
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(sweep, claims.ProgressAsync(ended.Token), bell.WaitAsync(ended.Token)).ConfigureAwait(false);
                await ended.CancelAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The present options; <see langword="null"/> where they were reloaded with a value that is not allowed.</summary>
    private DomainVerificationWorkerOptions? ReadSettings()
    {
        try
        {
            var settings = options.CurrentValue;
            _pause = settings.PollInterval;
            return settings;
        }
        catch (Exception exception)
        {
            DomainVerificationDiagnostics.Log.RoundFaulted(logger, exception);
            return null;
        }
    }

    /// <summary>Runs one batch. Its fault counts as an empty batch, so that the other kind of work goes on.</summary>
    private async Task<int> TryAsync(Func<CancellationToken, Task<int>> batch, CancellationToken stoppingToken)
    {
        try
        {
            return await batch(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was leased and is not done has been given back.
            return 0;
        }
        catch (Exception exception)
        {
            DomainVerificationDiagnostics.Log.RoundFaulted(logger, exception);
            return 0;
        }
    }
}
