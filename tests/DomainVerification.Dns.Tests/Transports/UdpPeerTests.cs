using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

/// <summary>The ports to one server, where opening another one fails.</summary>
public sealed class UdpPeerTests : IDisposable
{
    // Enough that one port is too few for them.
    private const int Waiting = 31;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly DnsServerEndpoint _endpoint;

    public UdpPeerTests()
    {
        _server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _endpoint = new DnsServerEndpoint(IPAddress.Loopback, ((IPEndPoint)_server.LocalEndPoint!).Port);
    }

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task PortThatCannotBeOpened_WhileAllOthersLeave_LeavesNoneOpen()
    {
        using CancellationTokenSource source = new();
        SpentReceiver receiver = new();
        using UdpDnsTransport transport = new(TimeProvider.System, receiver);
        List<Task<DnsExchange>> others = [.. Enumerable.Range(0, Waiting).Select(index => Ask(transport, index, source.Token))];
        receiver.BeforeFailing = () => Assert.True(Task.Run(source.Cancel).Wait(Patience));

        var failed = await Ask(transport, Waiting, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal((DnsExchangeOutcome.Unreachable, "out_of_sockets"), (failed.Outcome, failed.Detail));
        foreach (var other in others)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other.WaitAsync(Patience));
        }

        Assert.Equal(0, receiver.Count);
    }

    private Task<DnsExchange> Ask(UdpDnsTransport transport, int index, CancellationToken cancellationToken) => transport
        .ExchangeAsync(
            _endpoint,
            Queries.Text(string.Create(CultureInfo.InvariantCulture, $"n{index}.example.com")),
            Patience,
            cancellationToken)
        .AsTask();

    /// <summary>Opens sockets until it is told to fail, and counts the open ports.</summary>
    private sealed class SpentReceiver : CountingReceiver
    {
        public Action? BeforeFailing { get; set; }

        public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls)
        {
            if (BeforeFailing is null)
            {
                return base.Open(server, isShared, polls);
            }

            BeforeFailing();
            throw new SocketException((int)SocketError.TooManyOpenSockets);
        }
    }
}
