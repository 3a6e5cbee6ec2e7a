using DomainVerification.Email.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Work.Internal;

/// <summary>Runs rounds of due looks until the host stops. A fault ends its round and never the loop.</summary>
internal sealed class SendingIdentityWorker(
    DueHoldingProcessor due,
    IOptionsMonitor<DomainVerificationWorkerOptions> options,
    TimeProvider time,
    ILogger<SendingIdentityWorker> logger) : BackgroundService
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
            // Read again each time, so that a reload of the configuration turns the worker off and on.
            var settings = options.CurrentValue;
            _pause = settings.PollInterval;
            if (!settings.Enabled)
            {
                return;
            }

            int taken;
            do
            {
                taken = await due.RunOnceAsync(settings, stoppingToken).ConfigureAwait(false);
            }
            while (taken >= settings.BatchSize);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what was leased and is not done has been given back.
        }
        catch (Exception exception)
        {
            EmailDiagnostics.Log.RoundFaulted(logger, exception);
        }
    }
}
