namespace DomainVerification.Dns;

/// <summary>
/// Sends one query to one server and takes its response: no retries, no other server, no reading of what the response says.
/// Implementations may be called from many threads at once.
/// </summary>
public interface IDnsTransport
{
    /// <summary>How the queries travel.</summary>
    DnsTransportKind Kind { get; }

    /// <summary>Sends a query and waits for the response.</summary>
    /// <param name="server">Whom to ask.</param>
    /// <param name="query">What to ask.</param>
    /// <param name="timeout">How long to wait for the response, connecting included; more than zero.</param>
    /// <param name="cancellationToken">Ends the waiting at once.</param>
    /// <returns>
    /// The result; never an exception for anything that a network or a server does. A response is only handed on when it has the id of the
    /// query and repeats its question (RFC 5452, section 9.1).
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<DnsExchange> ExchangeAsync(DnsServerEndpoint server, DnsQuery query, TimeSpan timeout, CancellationToken cancellationToken);
}
