namespace DomainVerification.Dns;

/// <summary>A connection did not come to be, for a reason that is not the socket's.</summary>
internal sealed class StreamConnectException(string code, Exception? inner = null) : IOException(code, inner)
{
    /// <summary>The reason as a stable code.</summary>
    public string Code { get; } = code;
}
