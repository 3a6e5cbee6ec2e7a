using System.Net.Sockets;
using System.Security.Authentication;

namespace DomainVerification.Dns;

/// <summary>Why a connection ended, and what that means for a query which waited on it.</summary>
/// <param name="Outcome">The outcome of the query.</param>
/// <param name="Detail">The stable code.</param>
/// <param name="MayRetry">Whether a fresh connection may do better.</param>
internal sealed record StreamFault(DnsExchangeOutcome Outcome, string? Detail, bool MayRetry)
{
    /// <summary>The server closed the connection, as it may at any time (RFC 7766, section 6.2.4).</summary>
    public static readonly StreamFault ClosedByServer = new(DnsExchangeOutcome.Unreachable, SocketErrorCodes.ConnectionClosed, true);

    /// <summary>The connection had to make room for another, or nobody needed it any more.</summary>
    public static readonly StreamFault ClosedHere = ClosedByServer;

    /// <summary>The transport was disposed.</summary>
    public static readonly StreamFault Disposed = ClosedByServer with { MayRetry = false };

    /// <summary>Connecting took too long; those who came late to it may have time for another try.</summary>
    public static readonly StreamFault ConnectTimedOut = new(DnsExchangeOutcome.TimedOut, null, true);

    /// <summary>Between the messages there are octets that are none, so no later message can be trusted.</summary>
    public static readonly StreamFault BadFraming = new(DnsExchangeOutcome.Malformed, "bad_framing", true);

    /// <summary>Too many messages came that nobody asked for.</summary>
    public static readonly StreamFault Unsolicited = new(DnsExchangeOutcome.Mismatched, null, true);

    /// <summary>What an exception of a stream says; null where it is none of a network or a server.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="isOpen">Whether the connection was there already.</param>
    public static StreamFault? Find(Exception exception, bool isOpen) => exception switch
    {
        StreamConnectException failure => new StreamFault(DnsExchangeOutcome.Unreachable, failure.Code, false),
        SocketException failure => Of(failure, isOpen),
        IOException { InnerException: SocketException failure } => Of(failure, isOpen),
        IOException => ClosedByServer with { MayRetry = isOpen },
        AuthenticationException => new StreamFault(DnsExchangeOutcome.Unreachable, TlsFaultCodes.Broken, isOpen),
        _ => null,
    };

    private static StreamFault Of(SocketException failure, bool isOpen) =>
        new(DnsExchangeOutcome.Unreachable, SocketErrorCodes.For(failure.SocketErrorCode), isOpen);
}
