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
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (options.CurrentValue.Enabled)
            {
                await RunRoundAsync(stoppingToken).ConfigureAwait(false);
            }

            await Task.Delay(options.CurrentValue.PollInterval, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunRoundAsync(CancellationToken stoppingToken)
    {
        try
        {
            var batch = options.CurrentValue.BatchSize;
            int most;
            do
            {
                most = Math.Max(
                    await outbox.RunOnceAsync(stoppingToken).ConfigureAwait(false),
                    await claims.RunOnceAsync(stoppingToken).ConfigureAwait(false));
            }
            while (most >= batch);
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
