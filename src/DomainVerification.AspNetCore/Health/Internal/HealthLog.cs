using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>What is logged of health.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(9100, LogLevel.Warning, "Health of {Part}: {Code}; {Detail}", EventName = "HealthPartIll")]
    public static partial void PartIll(ILogger logger, Exception? exception, string part, string code, string detail);

    [LoggerMessage(9101, LogLevel.Information, "Health of {Part}: well again", EventName = "HealthPartRecovered")]
    public static partial void PartRecovered(ILogger logger, string part);
}
