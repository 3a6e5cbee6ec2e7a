using DomainVerification.Dns;

namespace DomainVerification.Testing.Tests.Server;

public sealed class DnsFaultTests : IAsyncDisposable
{
    private const string Name = "_x.acme.example";
    private readonly DnsWorld _world = new();
    private readonly LoopbackDnsServer _server;
    private readonly DnsMessage _query = RawClient.Query(Name, payload: 1232);

    public DnsFaultTests()
    {
        _world.Zone("acme.example").Txt("_x", "right");
        _server = LoopbackDnsServer.Start(_world);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Drop_SendsNothing()
    {
        _server.Faults.Add(DnsFault.Drop().For(Name));
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync(_query);
        await client.SendAsync(RawClient.Query("acme.example", DnsRecordType.SOA));

        var first = RawClient.Read(await client.ReceiveAsync());

        Assert.Equal(DnsRecordType.SOA, first.Question!.Type);
        Assert.Equal(2, _server.Queries.Count);
    }

    [Fact]
    public async Task Delay_AnswersWhenItsClockSaysSo()
    {
        var clock = new ManualTimeProvider();
        _server.Faults.Add(DnsFault.Delay(TimeSpan.FromSeconds(5), clock));
        var asking = _server.AskUdpAsync(_query);
        await clock.WaitForTimersAsync(1, Deadline.Token);
        Assert.False(asking.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(5));

        AssertRight(await asking);
    }

    [Fact]
    public async Task Hold_AnswersWithWhatTheWorldIsAtTheRelease()
    {
        var release = new TaskCompletionSource();
        _server.Faults.Add(DnsFault.Hold(release.Task).Once());
        var asking = _server.AskTcpAsync(_query);
        await _server.WaitForQueriesAsync(1, Deadline.Token);
        Assert.False(asking.IsCompleted);
        _world.Zone("acme.example").ReplaceTxt("_x", "newer");

        release.SetResult();

        Assert.Equal("newer", Text(await asking));
    }

    [Fact]
    public async Task Truncate_CutsOverUdpAndAnswersOverTcp()
    {
        _server.Faults.Add(DnsFault.Truncate());

        var overUdp = await _server.AskUdpAsync(_query);

        Assert.True(overUdp.Flags.HasFlag(DnsHeaderFlags.Truncated));
        Assert.Empty(overUdp.Answers);
        AssertRight(await _server.AskTcpAsync(_query));
    }

    [Fact]
    public async Task WrongId_AnswersUnderAnotherId()
    {
        _server.Faults.Add(DnsFault.WrongId());

        var answer = await _server.AskUdpAsync(_query);

        Assert.NotEqual(_query.Id, answer.Id);
        Assert.Equal("right", Text(answer));
    }

    [Fact]
    public async Task WrongId_ThenAnswer_SendsTheRightAnswerSecond()
    {
        _server.Faults.Add(DnsFault.WrongId().ThenAnswer());
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync(_query);

        Assert.NotEqual(_query.Id, RawClient.Read(await client.ReceiveAsync()).Id);
        AssertRight(RawClient.Read(await client.ReceiveAsync()));
    }

    [Fact]
    public async Task WrongQuestion_AsksForAnotherName()
    {
        _server.Faults.Add(DnsFault.WrongQuestion());

        var answer = await _server.AskUdpAsync(_query);

        Assert.NotEqual(_query.Question, answer.Question);
        Assert.Equal(_query.Question!.Type, answer.Question!.Type);
        AssertRight(answer);
    }

    [Fact]
    public async Task WrongCase_FlipsEveryLetter()
    {
        _server.Faults.Add(DnsFault.WrongCase());

        var answer = await _server.AskUdpAsync(RawClient.Query("_X.aCme.example"));

        Assert.Equal("_x.AcME.EXAMPLE", answer.Question!.Name.ToString());
    }

    [Fact]
    public async Task WrongOwner_GivesTheRecordsToAnotherName()
    {
        _server.Faults.Add(DnsFault.WrongOwner());

        var answer = await _server.AskUdpAsync(_query);

        Assert.Equal(_query.Question, answer.Question);
        Assert.NotEqual(_query.Question!.Name, answer.Answers[0].Name);
        Assert.Equal("right", Text(answer));
    }

    [Fact]
    public async Task OtherSourcePort_AnswersFromElsewhere()
    {
        _server.Faults.Add(DnsFault.OtherSourcePort());
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync(_query);

        AssertRight(RawClient.Read(await client.ReceiveAsync()));

        Assert.NotEqual(_server.Endpoint.Port, client.LastSender!.Port);
        AssertRight(await _server.AskTcpAsync(_query));
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure)]
    [InlineData(DnsResponseCode.Refused)]
    [InlineData(DnsResponseCode.NotImplemented)]
    [InlineData(DnsResponseCode.BadCookie)]
    public async Task Code_AnswersNothingElse(DnsResponseCode code)
    {
        _server.Faults.Add(DnsFault.Code(code));

        var answer = await _server.AskUdpAsync(_query);

        Assert.Equal(code, answer.ResponseCode);
        Assert.Empty(answer.Answers);
        Assert.Equal(_query.Id, answer.Id);
        Assert.Equal(_query.Question, answer.Question);
    }

    [Fact]
    public async Task ServFailAndRefused_AreThoseCodes()
    {
        _server.Faults.Add(DnsFault.ServFail().Once()).Add(DnsFault.Refused().Once());

        Assert.Equal(DnsResponseCode.ServerFailure, (await _server.AskUdpAsync(_query)).ResponseCode);
        Assert.Equal(DnsResponseCode.Refused, (await _server.AskUdpAsync(_query)).ResponseCode);
        AssertRight(await _server.AskUdpAsync(_query));
    }

    [Fact]
    public async Task FormErrToEdns_RefusesEdnsAndAnswersWithoutIt()
    {
        _server.Faults.Add(DnsFault.FormErrToEdns());

        var withEdns = await _server.AskUdpAsync(_query);

        Assert.Equal(DnsResponseCode.FormatError, withEdns.ResponseCode);
        Assert.Null(withEdns.Edns);
        AssertRight(await _server.AskUdpAsync(RawClient.Query(Name)));
    }

    [Fact]
    public async Task Garbage_HasTheIdAndIsNoMessage()
    {
        _server.Faults.Add(DnsFault.Garbage());
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync(_query);

        var octets = await client.ReceiveAsync();

        Assert.Equal([0x12, 0x34], octets[..2]);
        Assert.False(DnsMessageReader.TryRead(octets, out _, out _));
    }

    [Fact]
    public async Task Malformed_HasIdAndQuestionAndCannotBeRead()
    {
        _server.Faults.Add(DnsFault.Malformed());
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync(_query);

        var octets = await client.ReceiveAsync();

        Assert.Equal(DnsMessageWriter.Write(_query)[12..33], octets[12..33]);
        Assert.False(DnsMessageReader.TryRead(octets, out _, out var error));
        Assert.Equal(DnsReadErrorKind.Truncated, error.Kind);
    }

    [Fact]
    public async Task Huge_OverUdp_PassesWhatTheQueryAllows()
    {
        _server.Faults.Add(DnsFault.Huge());
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync(_query);

        var octets = await client.ReceiveAsync();

        Assert.InRange(octets.Length, 60_000, 65_507);
        AssertRight(RawClient.Read(octets));
    }

    [Fact]
    public async Task Huge_OverTcp_ComesCloseTo64KiB()
    {
        _server.Faults.Add(DnsFault.Huge());
        using var client = new TcpConversation();
        await client.ConnectAsync(_server.Endpoint);
        await client.SendAsync(_query);

        var octets = (await client.ReceiveAsync())!;

        Assert.InRange(octets.Length, 60_000, 65_535);
        AssertRight(RawClient.Read(octets));
    }

    [Fact]
    public async Task Duplicate_AnswersTwice()
    {
        _server.Faults.Add(DnsFault.Duplicate());
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync(_query);

        Assert.Equal(await client.ReceiveAsync(), await client.ReceiveAsync());
    }

    [Fact]
    public async Task CloseHalfway_EndsInTheMiddleOfTheAnswer()
    {
        _server.Faults.Add(DnsFault.CloseHalfway());
        using var client = new TcpConversation();
        await client.ConnectAsync(_server.Endpoint);
        await client.SendAsync(_query);

        await Assert.ThrowsAsync<EndOfStreamException>(client.ReceiveAsync);
        AssertRight(await _server.AskUdpAsync(_query));
    }

    [Fact]
    public async Task Close_EndsWithoutAnAnswer()
    {
        _server.Faults.Add(DnsFault.Close());
        using var client = new TcpConversation();
        await client.ConnectAsync(_server.Endpoint);
        await client.SendAsync(_query);

        Assert.Null(await client.ReceiveAsync());
        Assert.Single(_server.Queries);
    }

    [Fact]
    public async Task NoTcp_ResetsConnectionsAndAnswersOverUdp()
    {
        _server.Faults.Add(DnsFault.NoTcp().Once());

        await Assert.ThrowsAnyAsync<IOException>(() => SwallowSocketErrors(_server.AskTcpAsync(_query)));

        Assert.Empty(_server.Queries);
        AssertRight(await _server.AskUdpAsync(_query));
        AssertRight(await _server.AskTcpAsync(_query));
    }

    [Fact]
    public async Task OfMessage_SendsWhatTheTestMakes()
    {
        _server.Faults.Add(DnsFault.OfMessage((query, answer) => new DnsMessage
        {
            Id = query.Id,
            Flags = answer.Flags,
            Questions = query.Questions,
            Answers = [.. answer.Answers, new DnsCnameRecord(query.Question!.Name, TimeSpan.Zero, DnsName.Root)],
        }));

        var answer = await _server.AskUdpAsync(_query);

        Assert.Equal([DnsRecordType.TXT, DnsRecordType.CNAME], answer.Answers.Select(record => record.Type));
    }

    [Fact]
    public async Task OfOctets_SendsWhatTheTestMakes()
    {
        _server.Faults.Add(DnsFault.OfOctets(octets => octets[..^1]));
        using var client = new UdpConversation(_server.Endpoint);
        await client.SendAsync(_query);

        Assert.False(DnsMessageReader.TryRead(await client.ReceiveAsync(), out _, out var error));
        Assert.Equal(DnsReadErrorKind.Truncated, error.Kind);
    }

    private static void AssertRight(DnsMessage answer)
    {
        Assert.Equal(0x1234, answer.Id);
        Assert.Equal(DnsResponseCode.NoError, answer.ResponseCode);
        Assert.Equal("right", Text(answer));
    }

    private static string Text(DnsMessage answer) => ((DnsTxtRecord)answer.Answers[0]).Text;

    /// <summary>A reset shows as a socket error or as the end of the stream, as the system likes.</summary>
    private static async Task SwallowSocketErrors(Task task)
    {
        try
        {
            await task;
        }
        catch (System.Net.Sockets.SocketException reset)
        {
            throw new IOException("The server reset the connection.", reset);
        }
    }
}
