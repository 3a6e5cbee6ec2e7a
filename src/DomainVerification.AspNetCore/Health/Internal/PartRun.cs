using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>
/// Looks at one part, one look at a time: probes that come meanwhile share it. So a part that hangs costs each probe its timeout and never
/// more than one thread.
/// </summary>
internal sealed class PartRun(HealthPart part, DomainVerificationHealthOptions options, TimeProvider time, ILogger logger)
{
    private readonly Lock _gate = new();
    private Task<PartReport>? _look;
    private string _lastCode = DomainVerificationHealthCodes.Ok;

    public HealthPart Part => part;

    public async Task<PartReport> RunAsync(CancellationToken cancellationToken)
    {
        PartReport report;
        try
        {
            report = await Look().WaitAsync(options.PartTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            report = PartReport.Failed(part.TimedOutCode);
        }

        LogChange(report);
        return report;
    }

    /// <summary>The look that is under way, or a new one. Off the caller's thread: some stores read without ever yielding it.</summary>
    private Task<PartReport> Look()
    {
        lock (_gate)
        {
            return _look is { IsCompleted: false } running ? running : _look = Task.Run(LookAsync, CancellationToken.None);
        }
    }

    /// <summary>Ends by the part's own timeout only, since those who wait for it come and go.</summary>
    private async Task<PartReport> LookAsync()
    {
        using var deadline = new CancellationTokenSource(options.PartTimeout, time);
        try
        {
            return await part.LookAsync(options, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return PartReport.Failed(part.TimedOutCode);
        }
        catch (Exception exception)
        {
            return PartReport.Failed(part.FaultedCode, exception);
        }
    }

    /// <summary>Probes come every few seconds; the log is told of changes.</summary>
    private void LogChange(PartReport report)
    {
        if (Interlocked.Exchange(ref _lastCode, report.Code) == report.Code)
        {
            return;
        }

        if (report.Code == DomainVerificationHealthCodes.Ok)
        {
            HealthLog.PartRecovered(logger, part.Key);
        }
        else
        {
            HealthLog.PartIll(logger, report.Exception, part.Key, report.Code, report.Detail ?? "no more is known");
        }
    }
}
