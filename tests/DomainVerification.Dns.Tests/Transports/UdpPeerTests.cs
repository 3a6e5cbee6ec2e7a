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

    /// <summary>A host without IPv6 does not ask the system for each query whether it has got a way meanwhile.</summary>
    [Theory]
    [InlineData(SocketError.NetworkUnreachable, "network_unreachable", 1)]
    [InlineData(SocketError.AddressFamilyNotSupported, "address_family_not_supported", 1)]
    [InlineData(SocketError.HostUnreachable, "host_unreachable", 3)]
    [InlineData(SocketError.TooManyOpenSockets, "out_of_sockets", 3)]
    public async Task NoWayToTheServer_IsKnownForASecond(SocketError error, string code, int asked)
    {
        Testing.ManualTimeProvider clock = new();
        RefusedReceiver receiver = new() { Error = error };
        using UdpDnsTransport transport = new(clock, receiver);
        for (var i = 0; i < 3; i++)
        {
            var refused = await Ask(transport, i, CancellationToken.None);
            Assert.Equal((DnsExchangeOutcome.Unreachable, code), (refused.Outcome, refused.Detail));
            clock.Advance(TimeSpan.FromMilliseconds(333));
        }

        Assert.Equal(asked, receiver.Opened);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await Ask(transport, 3, CancellationToken.None);
        Assert.Equal(asked + 1, receiver.Opened);
    }

    [Fact]
    public async Task NoWayToTheServer_IsForgottenWithinASecond()
    {
        Testing.ManualTimeProvider clock = new();
        RefusedReceiver receiver = new() { Error = SocketError.NetworkUnreachable };
        using UdpDnsTransport transport = new(clock, receiver);
        Assert.Equal(DnsExchangeOutcome.Unreachable, (await Ask(transport, 0, CancellationToken.None)).Outcome);
        receiver.Error = null;
        clock.Advance(TimeSpan.FromSeconds(1));

        var asking = Ask(transport, 1, CancellationToken.None);
        var buffer = new byte[4096];
        var received = await _server.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0)).WaitAsync(Patience);
        await _server.SendToAsync(Answers.Name(buffer[..received.ReceivedBytes]), received.RemoteEndPoint).WaitAsync(Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, (await asking.WaitAsync(Patience)).Outcome);
    }

    private Task<DnsExchange> Ask(UdpDnsTransport transport, int index, CancellationToken cancellationToken) => transport
        .ExchangeAsync(
            _endpoint,
            Queries.Text(string.Create(CultureInfo.InvariantCulture, $"n{index}.example.com")),
            Patience,
            cancellationToken)
        .AsTask();

    /// <summary>Opens no socket, as long as there is an error.</summary>
    private sealed class RefusedReceiver : CountingReceiver
    {
        public SocketError? Error { get; set; }

        public int Opened { get; private set; }

        public override UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls)
        {
            Opened++;
            return Error is { } error ? throw new SocketException((int)error) : base.Open(server, isShared, polls);
        }
    }

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
