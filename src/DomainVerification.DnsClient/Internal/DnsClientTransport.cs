using System.Net.Sockets;
using DomainVerification.Dns;
using Library = global::DnsClient;

namespace DomainVerification.DnsClient;

/// <summary>Sends one query to one server through DnsClient.NET, whose own retries, cache and fall-back to TCP are switched off.</summary>
internal sealed class DnsClientTransport(Library.ILookupClient client, DnsTransportKind kind, TimeProvider timeProvider) : IDnsTransport
{
    public DnsTransportKind Kind => kind;

    public async ValueTask<DnsExchange> ExchangeAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long started = timeProvider.GetTimestamp();
        ExchangeEnd end = DnsClientQuestion.TryMake(query.Question, out Library.DnsQuestion? question)
            ? await SendAsync(server, query, question, timeout, cancellationToken).ConfigureAwait(false)
            : new ExchangeEnd(DnsExchangeOutcome.Malformed, Detail: "name_not_askable");

        return new DnsExchange(end.Outcome, timeProvider.GetElapsedTime(started)) { Response = end.Response, Detail = end.Detail };
    }

    private async Task<ExchangeEnd> SendAsync(
        DnsServerEndpoint server,
        DnsQuery query,
        Library.DnsQuestion question,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        try
        {
            Library.NameServer[] servers = [new(server.Address, server.Port)];
            Library.IDnsQueryResponse response = await client
                .QueryServerAsync(servers, question, MakeOptions(query, timeout), cancellationToken)
                .ConfigureAwait(false);
            return DnsClientResponse.Read(response, query.Question);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The library tells a cancellation as a time-out.
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Library.DnsResponseException exception)
        {
            return Explain(exception);
        }
        catch (Library.DnsXidMismatchException)
        {
            return new ExchangeEnd(DnsExchangeOutcome.Mismatched, Detail: "id_mismatch");
        }
        catch (Exception exception)
            when (exception is Library.DnsResponseParseException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            // What the library's reader trips over comes out as it is.
            return new ExchangeEnd(DnsExchangeOutcome.Malformed, Detail: "response_not_readable");
        }
    }

    private Library.DnsQueryOptions MakeOptions(DnsQuery query, TimeSpan timeout) => new()
    {
        UseCache = false,
        CacheFailedResults = false,
        Retries = 0,
        ThrowDnsErrors = false,
        ContinueOnDnsError = false,
        ContinueOnEmptyResponse = false,
        UseRandomNameServer = false,
        UseTcpFallback = false,
        UseTcpOnly = kind == DnsTransportKind.Tcp,
        Timeout = timeout,
        Recursion = query.Flags.HasFlag(DnsHeaderFlags.RecursionDesired),
        ExtendedDnsBufferSize = query.Edns?.UdpPayloadSize ?? Library.DnsQueryOptions.MinimumBufferSize,
        RequestDnsSecRecords = query.Edns?.Flags.HasFlag(DnsEdnsFlags.DnssecOk) == true,
    };

    private ExchangeEnd Explain(Library.DnsResponseException exception) => exception switch
    {
        { InnerException: SocketException or IOException } => new ExchangeEnd(DnsExchangeOutcome.Unreachable),
        { Code: Library.DnsResponseCode.ConnectionTimeout } => new ExchangeEnd(DnsExchangeOutcome.TimedOut),

        // Without a cause it speaks of a response that was cut; over TCP that breaks the protocol.
        { Code: Library.DnsResponseCode.Unassigned, InnerException: null } when kind == DnsTransportKind.Udp =>
            new ExchangeEnd(DnsExchangeOutcome.Truncated),

        _ => new ExchangeEnd(DnsExchangeOutcome.Malformed, Detail: "response_not_readable"),
    };
}
