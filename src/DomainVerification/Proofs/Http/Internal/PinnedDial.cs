using System.Net;
using System.Net.Sockets;
using DomainVerification.Dns;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>
/// The connection of one request: to the addresses that were found for its host a moment ago, and nowhere else. No name is resolved here, so
/// that a name which answers differently the second time gains nothing; each address is checked once more.
/// </summary>
internal sealed class PinnedDial(
    Uri url,
    IReadOnlyList<IPAddress> addresses,
    FileCheckRoute? route,
    TimeSpan timeout,
    TimeProvider time,
    CancellationToken deadline)
{
    private static readonly HttpRequestOptionsKey<PinnedDial> Key = new("DomainVerification.PinnedDial");

    private int _dials;

    /// <summary>The address that was connected to last, or tried last.</summary>
    public IPEndPoint Server { get; private set; } = new(addresses[0], url.Port);

    public bool IsConnected { get; private set; }

    /// <summary>Why there is no connection; <see langword="null"/> where there is one.</summary>
    public string? Failure { get; private set; }

    /// <summary>The only way to a connection for a handler of ours: without a dial of its own a request gets none.</summary>
    public static ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        context.InitialRequestMessage.Options.TryGetValue(Key, out var dial)
            ? dial.DialAsync(context.DnsEndPoint, cancellationToken)
            : throw new IOException("This client connects only where a file check told it to.");

    public void AttachTo(HttpRequestMessage request) => request.Options.Set(Key, this);

    private async ValueTask<Stream> DialAsync(DnsEndPoint asked, CancellationToken cancellationToken)
    {
        if (asked.Port != url.Port || !string.Equals(asked.Host.Trim('[', ']'), url.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase))
        {
            throw new IOException("The request was turned to another host.");
        }

        // The handler asks again when a connection ends before its answer; how often that happens is for the check to say.
        if (Interlocked.Exchange(ref _dials, 1) != 0)
        {
            throw new IOException("A request has one connection.");
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline);
        foreach (var address in addresses)
        {
            Server = new IPEndPoint(address, url.Port);
            (var stream, Failure) = SpecialPurposeAddresses.Contains(address)
                ? (null, Codes.AddressRefused)
                : await TryAsync(route?.Of(url.Port) ?? Server, ending.Token).ConfigureAwait(false);
            if (stream is not null)
            {
                IsConnected = true;
                return stream;
            }
        }

        throw new IOException("No connection could be made.");
    }

    private async Task<(Stream? Stream, string? Failure)> TryAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await socket.ConnectAsync(endpoint, either.Token).ConfigureAwait(false);
            return (new NetworkStream(socket, ownsSocket: true), null);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            return (null, Codes.ConnectTimedOut);
        }
        catch (SocketException refusal)
        {
            socket.Dispose();
            return (null, refusal.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => Codes.ConnectionRefused,
                SocketError.TimedOut => Codes.ConnectTimedOut,
                _ => Codes.HostUnreachable,
            });
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
