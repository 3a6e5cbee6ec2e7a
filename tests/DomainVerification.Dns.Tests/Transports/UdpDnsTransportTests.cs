using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns.Tests;

public class UdpDnsTransportTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Impatience = TimeSpan.FromMilliseconds(60);
    private static readonly DnsName Name = DnsName.Parse("_acme-challenge.example.com");
    private static readonly DnsQuery Query = new(
        new DnsQuestion(Name, DnsRecordType.TXT),
        DnsHeaderFlags.RecursionDesired,
        new DnsEdns());

    private readonly UdpDnsTransport _transport;

    public UdpDnsTransportTests()
        : this(new UdpDnsTransport(TimeProvider.System))
    {
    }

    private protected UdpDnsTransportTests(UdpDnsTransport transport) => _transport = transport;

    public void Dispose()
    {
        _transport.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Exchange_HonestServer_Answers()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.Equal(Answers.Token, Assert.IsType<DnsTxtRecord>(exchange.Response!.Answers[0]).Text);
        Assert.Equal(0, exchange.IgnoredPackets);
        Assert.Null(exchange.Detail);
    }

    [Fact]
    public async Task W01_OtherSourceThanServer_IsNotHeard()
    {
        using Socket stranger = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        RawServer? server = null;
        server = new RawServer(query =>
        {
            stranger.SendTo(Answers.Text(query, "forged"), new IPEndPoint(IPAddress.Loopback, server!.UdpPorts.Last()));
            return [];
        });
        await using (server)
        {
            var exchange = await ExchangeAsync(server, Impatience);

            // The kernel dropped it: not even counted.
            Assert.Equal(DnsExchangeOutcome.TimedOut, exchange.Outcome);
            Assert.Equal(0, exchange.IgnoredPackets);
        }
    }

    [Fact]
    public async Task W01_WrongQuestion_IsIgnoredAndWaitContinues() => await AssertIgnoredAsync(Answers.OtherQuestion);

    [Theory]
    [InlineData(DnsRecordType.TXT, DnsRecordClass.Chaos)]
    [InlineData(DnsRecordType.A, DnsRecordClass.Internet)]
    [InlineData((DnsRecordType)(16 | 0x20), DnsRecordClass.Internet)]
    public async Task W01_WrongTypeOrClass_IsIgnoredAndWaitContinues(DnsRecordType type, DnsRecordClass recordClass) =>
        await AssertIgnoredAsync(query =>
        {
            var read = Answers.Read(query);
            DnsQuestion other = new(read.Question!.Name, type, recordClass);
            return DnsMessageWriter.Write(new DnsMessage { Id = read.Id, Flags = DnsHeaderFlags.Response, Questions = [other] });
        });

    [Fact]
    public async Task W02_IdAndPort_AreOthersForEachQuery()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);

        for (var i = 0; i < 20; i++)
        {
            await ExchangeAsync(server, Patience);
        }

        Assert.InRange(server.UdpQueries.Select(query => (query[0] << 8) | query[1]).Distinct().Count(), 18, 20);
        Assert.InRange(server.UdpPorts.Distinct().Count(), 15, 20);
        Assert.All(server.UdpPorts, port => Assert.InRange(port, 1024, 65_535));
    }

    [Fact]
    public async Task W03_WrongId_IsIgnoredAndWaitContinues() => await AssertIgnoredAsync(Answers.WrongId);

    [Fact]
    public async Task W03_QuerySentBack_IsIgnoredAndWaitContinues() => await AssertIgnoredAsync(query => query);

    [Fact]
    public async Task W03_Garbage_IsIgnoredAndWaitContinues() => await AssertIgnoredAsync(_ => [1, 2, 3]);

    [Fact]
    public async Task W03_EmptyDatagram_IsIgnoredAndWaitContinues() => await AssertIgnoredAsync(_ => []);

    [Fact]
    public async Task W03_UnreadableResponse_IsIgnoredAndWaitContinues() =>
        await AssertIgnoredAsync(query => [.. Answers.Text(query, "forged"), 0]);

    [Fact]
    public async Task W03_OtherOpCode_IsIgnoredAndWaitContinues() => await AssertIgnoredAsync(query =>
    {
        var answer = Answers.Text(query, "forged");
        answer[2] |= 0x20;
        return answer;
    });

    [Fact]
    public async Task W03_UnreadableResponseOnly_EndsAsMalformed()
    {
        await using RawServer server = new(query => [[.. Answers.Text(query), 0]]);

        var exchange = await ExchangeAsync(server, 25 * Impatience);

        Assert.Equal(DnsExchangeOutcome.Malformed, exchange.Outcome);
        Assert.Equal("trailing_octets", exchange.Detail);
        Assert.Equal(1, exchange.IgnoredPackets);
    }

    [Fact]
    public async Task W04_EightMismatches_AreIgnored()
    {
        await using RawServer server = new(query => [.. Enumerable.Repeat(Answers.WrongId(query), 8), Answers.Text(query)]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.Equal(8, exchange.IgnoredPackets);
    }

    [Fact]
    public async Task W04_NineMismatches_EndTheQuery()
    {
        await using RawServer server = new(query => [.. Enumerable.Repeat(Answers.WrongId(query), 9), Answers.Text(query)]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.Equal(DnsExchangeOutcome.Mismatched, exchange.Outcome);
        Assert.Equal(9, exchange.IgnoredPackets);
        Assert.Null(exchange.Response);
    }

    [Fact]
    public async Task W05_CaseOfName_IsRandom()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);

        for (var i = 0; i < 5; i++)
        {
            await ExchangeAsync(server, Patience);
        }

        string[] asked = [.. server.UdpQueries.Select(query => Answers.Read(query).Question!.Name.ToString())];
        Assert.Equal(5, asked.Distinct(StringComparer.Ordinal).Count());
        Assert.All(asked, name => Assert.Equal(Name.ToString(), name, ignoreCase: true));
    }

    [Fact]
    public async Task W05_OtherCaseInResponse_IsNotUsed()
    {
        await using RawServer server = new(query => [Answers.OtherCase(query)]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.Equal(DnsExchangeOutcome.CaseMismatched, exchange.Outcome);
        Assert.Null(exchange.Response);
    }

    [Fact]
    public async Task W05_RandomCase_DoesNotReachTheCaller()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.True(exchange.Response!.Question!.Name.EqualsExactly(Name));
        Assert.True(exchange.Response.Answers[0].Name.EqualsExactly(Name));
    }

    [Fact]
    public async Task W07_Payload_Is1232()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);

        await ExchangeAsync(server, Patience);

        Assert.Equal(1232, Answers.Read(server.UdpQueries.Single()).Edns!.UdpPayloadSize);
    }

    [Fact]
    public async Task W08_Truncated_IsNotUsed()
    {
        await using RawServer server = new(query => [Answers.Truncated(query)]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.Equal(DnsExchangeOutcome.Truncated, exchange.Outcome);
        Assert.Null(exchange.Response);
    }

    [Fact]
    public async Task W08_TruncatedInTheMiddleOfARecord_IsStillTruncated()
    {
        await using RawServer server = new(query => [Answers.Truncated(query)[..^5]]);

        Assert.Equal(DnsExchangeOutcome.Truncated, (await ExchangeAsync(server, Patience)).Outcome);
    }

    [Theory]
    [InlineData(DnsResponseCode.FormatError)]
    [InlineData(DnsResponseCode.NotImplemented)]
    public async Task W11_ErrorWithoutQuestion_IsTaken(DnsResponseCode code)
    {
        await using RawServer server = new(query => [[query[0], query[1], 0x80, (byte)code, 0, 0, 0, 0, 0, 0, 0, 0]]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.Equal(code, exchange.Response!.ResponseCode);
    }

    [Theory]
    [InlineData(DnsResponseCode.NoError)]
    [InlineData(DnsResponseCode.NxDomain)]
    [InlineData(DnsResponseCode.ServerFailure)]
    public async Task W01_OtherCodeWithoutQuestion_IsIgnored(DnsResponseCode code) =>
        await AssertIgnoredAsync(query => [query[0], query[1], 0x80, (byte)code, 0, 0, 0, 0, 0, 0, 0, 0]);

    [Fact]
    public async Task W01_FormatErrorWithAnswersButWithoutQuestion_IsIgnored() =>
        await AssertIgnoredAsync(query => [query[0], query[1], 0x80, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 16, 0, 1, 0, 0, 0, 0, 0, 1, 0]);

    [Fact]
    public async Task Exchange_ResponseLargerThanAnnounced_IsTaken()
    {
        await using RawServer server = new(query => [Answers.Text(query, new string('x', 3000))]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.Equal(3000, Assert.IsType<DnsTxtRecord>(exchange.Response!.Answers[0]).Text.Length);
    }

    [Fact]
    public async Task Exchange_SilentServer_TimesOut()
    {
        await using RawServer server = new();

        var exchange = await ExchangeAsync(server, Impatience);

        Assert.Equal(DnsExchangeOutcome.TimedOut, exchange.Outcome);
        Assert.InRange(exchange.Elapsed, Impatience - TimeSpan.FromMilliseconds(20), Patience);
    }

    [Fact]
    public async Task Exchange_NobodyListens_IsUnreachable()
    {
        DnsServerEndpoint endpoint;
        await using (RawServer gone = new())
        {
            endpoint = gone.Endpoint;
        }

        var exchange = await _transport.ExchangeAsync(endpoint, Query, Patience, CancellationToken.None);

        Assert.Equal(DnsExchangeOutcome.Unreachable, exchange.Outcome);
        Assert.Equal("connection_refused", exchange.Detail);
    }

    [Fact]
    public async Task Exchange_CancelledWhileWaiting_ThrowsPromptly()
    {
        using CancellationTokenSource source = new();
        await using RawServer server = new(_ =>
        {
            source.Cancel();
            return [];
        });

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _transport.ExchangeAsync(server.Endpoint, Query, TimeSpan.FromMinutes(1), source.Token).AsTask());
        Assert.Equal(source.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task Exchange_CancelledBefore_SendsNothing()
    {
        await using RawServer server = new(query => [Answers.Text(query)]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _transport.ExchangeAsync(server.Endpoint, Query, Patience, new CancellationToken(canceled: true)).AsTask());
        Assert.Empty(server.UdpQueries);
    }

    private async Task AssertIgnoredAsync(Func<byte[], byte[]> bad)
    {
        await using RawServer server = new(query => [bad(query), bad(query), Answers.Text(query)]);

        var exchange = await ExchangeAsync(server, Patience);

        Assert.Equal(DnsExchangeOutcome.Answered, exchange.Outcome);
        Assert.Equal(2, exchange.IgnoredPackets);
        Assert.Equal(Answers.Token, Assert.IsType<DnsTxtRecord>(exchange.Response!.Answers[0]).Text);
    }

    private Task<DnsExchange> ExchangeAsync(RawServer server, TimeSpan timeout) =>
        _transport.ExchangeAsync(server.Endpoint, Query, timeout, CancellationToken.None).AsTask();
}

/// <summary>The same rules where the operating system has no better way to read many sockets.</summary>
public sealed class UdpDnsTransportEverywhereTests() : UdpDnsTransportTests(new UdpDnsTransport(TimeProvider.System, new TaskReceiver()));
