using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>How a part is.</summary>
/// <param name="Status"><see cref="HealthStatus.Unhealthy"/> stands for the failure status of the check.</param>
/// <param name="Code">One of <see cref="DomainVerificationHealthCodes"/>.</param>
internal sealed record PartReport(HealthStatus Status, string Code)
{
    /// <summary>Figures for the report, which anybody may see.</summary>
    public IReadOnlyDictionary<string, long> Figures { get; init; } = new Dictionary<string, long>();

    /// <summary>More for the log, which only operators see.</summary>
    public string? Detail { get; init; }

    /// <summary>For the log: its message may name hosts and files.</summary>
    public Exception? Exception { get; init; }

    public static PartReport Well() => new(HealthStatus.Healthy, DomainVerificationHealthCodes.Ok);

    public static PartReport Degraded(string code) => new(HealthStatus.Degraded, code);

    public static PartReport Failed(string code, Exception? exception = null) =>
        new(HealthStatus.Unhealthy, code) { Exception = exception };
}
