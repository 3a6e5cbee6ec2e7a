using DomainVerification.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Work.Internal;

/// <summary>Runs rounds of due claims and outbox work until the host stops. A fault ends its round and never the loop.</summary>
internal sealed class DomainVerificationWorker(
    DueClaimProcessor claims,
    OutboxDispatcher outbox,
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
            await Task.Delay(_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunRoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Read again each time, so that a reload of the configuration turns the worker off and on. A bad one throws here.
            var settings = options.CurrentValue;
            _pause = settings.PollInterval;
            var most = settings.BatchSize;
            while (settings.Enabled && most >= settings.BatchSize)
            {
                most = Math.Max(
                    await outbox.RunOnceAsync(stoppingToken).ConfigureAwait(false),
                    await claims.RunOnceAsync(stoppingToken).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was leased is free again when its lease ends.
        }
        catch (Exception exception)
        {
            DomainVerificationDiagnostics.Log.RoundFaulted(logger, exception);
        }
    }
}
