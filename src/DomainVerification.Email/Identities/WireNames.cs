namespace DomainVerification.Email;

/// <summary>The names that statuses have on the wire, the same as in JSON.</summary>
public static class WireNames
{
    /// <summary>The name of a kind: <c>marketing</c> or <c>transactional</c>.</summary>
    /// <param name="kind">The kind.</param>
    public static string ToWireName(this SendingKind kind) => kind switch
    {
        SendingKind.Marketing => "marketing",
        SendingKind.Transactional => "transactional",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>
    /// The name of a status: <c>pending</c>, <c>verifying</c>, <c>verified</c>, <c>degraded</c>, <c>failed</c> or <c>suspended</c>.
    /// </summary>
    /// <param name="status">The status.</param>
    public static string ToWireName(this SendingStatus status) => status switch
    {
        SendingStatus.Pending => "pending",
        SendingStatus.Verifying => "verifying",
        SendingStatus.Verified => "verified",
        SendingStatus.Degraded => "degraded",
        SendingStatus.Failed => "failed",
        SendingStatus.Suspended => "suspended",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The name of a status: <c>NOT_STARTED</c>, <c>PENDING</c>, <c>SUCCESS</c> or <c>FAILED</c>.</summary>
    /// <param name="status">The status.</param>
    public static string ToWireName(this DkimStatus status) => status switch
    {
        DkimStatus.NotStarted => "NOT_STARTED",
        DkimStatus.Pending => "PENDING",
        DkimStatus.Success => "SUCCESS",
        DkimStatus.Failed => "FAILED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The name of a status: <c>PENDING</c>, <c>SUCCESS</c> or <c>FAILED</c>.</summary>
    /// <param name="status">The status.</param>
    public static string ToWireName(this MailFromStatus status) => status switch
    {
        MailFromStatus.Pending => "PENDING",
        MailFromStatus.Success => "SUCCESS",
        MailFromStatus.Failed => "FAILED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };

    /// <summary>The name of a status: <c>pending</c>, <c>verified</c> or <c>failed</c>.</summary>
    /// <param name="status">The status.</param>
    public static string ToWireName(this SendingRecordStatus status) => status switch
    {
        SendingRecordStatus.Pending => "pending",
        SendingRecordStatus.Verified => "verified",
        SendingRecordStatus.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, null),
    };
}
