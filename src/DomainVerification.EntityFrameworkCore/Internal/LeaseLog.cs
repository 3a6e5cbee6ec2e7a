using Microsoft.Extensions.Logging;

namespace DomainVerification.EntityFrameworkCore.Internal;

/// <summary>What leasing logs.</summary>
internal static partial class LeaseLog
{
    [LoggerMessage(
        6001,
        LogLevel.Error,
        "What was leased under {Id} cannot be read and is left to others; was it written by a later version?",
        EventName = "RowUnreadable")]
    public static partial void Unreadable(ILogger logger, Exception exception, Guid id);
}
