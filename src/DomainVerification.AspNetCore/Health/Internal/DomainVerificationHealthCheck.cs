using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>Looks at all parts that it was told to, side by side, and reports the worst.</summary>
internal sealed class DomainVerificationHealthCheck : IHealthCheck
{
    private readonly PartRun[] _runs;

    public DomainVerificationHealthCheck(
        [ServiceKey] string name,
        IEnumerable<HealthPart> parts,
        IOptionsMonitor<DomainVerificationHealthOptions> options,
        TimeProvider time,
        ILogger<DomainVerificationHealthCheck> logger)
    {
        var own = options.Get(name);
        _runs = [.. parts.Where(part => own.Parts.HasFlag(part.Part)).Select(part => new PartRun(part, own, time, logger))];
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var reports = await Task.WhenAll(_runs.Select(run => run.RunAsync(cancellationToken))).ConfigureAwait(false);
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (run, report) in _runs.Zip(reports))
        {
            data[run.Part.Key] = report.Code;
            foreach (var (figure, value) in report.Figures)
            {
                data[$"{run.Part.Key}.{figure}"] = value;
            }
        }

        var ill = reports.Where(report => report.Status != HealthStatus.Healthy).ToList();
        var worst = ill.Select(report => StatusOf(report, context)).DefaultIfEmpty(HealthStatus.Healthy).Min();
        return new HealthCheckResult(worst, ill.Count == 0 ? null : string.Join(", ", ill.Select(report => report.Code)), null, data);
    }

    private static HealthStatus StatusOf(PartReport report, HealthCheckContext context) =>
        report.Status == HealthStatus.Unhealthy ? context.Registration.FailureStatus : report.Status;
}
