using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Observed;

/// <summary>Shows what each part of a check says. It has nothing secret, and still need not be open to the world.</summary>
internal static class HealthPage
{
    public static HealthCheckOptions Options { get; } = new() { ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(check => check.Key, check => check.Value.Data),
        },
        context.RequestAborted);
}
