using DomainVerification.Dns;

namespace DomainVerification.Testing.Tests.Server;

public sealed class DnsFaultsTests : IAsyncDisposable
{
    private readonly LoopbackDnsServer _server;

    public DnsFaultsTests()
    {
        var world = new DnsWorld();
        world.Zone("acme.example").Txt("_x", "right");
        _server = LoopbackDnsServer.Start(world);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Add_Limited_IsGoneAfterItsTimes()
    {
        _server.Faults.Add(DnsFault.ServFail().Times(2));

        Assert.Equal(
            [DnsResponseCode.ServerFailure, DnsResponseCode.ServerFailure, DnsResponseCode.NoError],
            [await CodeAsync(), await CodeAsync(), await CodeAsync()]);
        Assert.Equal(0, _server.Faults.Count);
    }

    [Fact]
    public async Task Add_Several_AreMetInOrder()
    {
        _server.Faults.Add(DnsFault.Refused().Once()).Add(DnsFault.ServFail());

        Assert.Equal([DnsResponseCode.Refused, DnsResponseCode.ServerFailure], [await CodeAsync(), await CodeAsync()]);
        Assert.Equal(1, _server.Faults.Count);
    }

    [Fact]
    public async Task Clear_MakesTheServerWell()
    {
        _server.Faults.Add(DnsFault.ServFail());

        _server.Faults.Clear();

        Assert.Equal(DnsResponseCode.NoError, await CodeAsync());
    }

    [Fact]
    public async Task For_OtherCaseOfTheName_Matches()
    {
        _server.Faults.Add(DnsFault.ServFail().For("_X.ACME.example."));

        Assert.Equal(DnsResponseCode.ServerFailure, await CodeAsync());
        Assert.Equal(DnsResponseCode.NoError, await CodeAsync("acme.example"));
    }

    [Fact]
    public async Task OfType_MatchesThatTypeOnly()
    {
        _server.Faults.Add(DnsFault.ServFail().OfType(DnsRecordType.CNAME));

        Assert.Equal(DnsResponseCode.NoError, await CodeAsync());
        Assert.Equal(DnsResponseCode.ServerFailure, await CodeAsync(type: DnsRecordType.CNAME));
    }

    [Fact]
    public async Task Over_MatchesThatTransportOnly()
    {
        _server.Faults.Add(DnsFault.ServFail().Over(LoopbackTransport.Tcp));

        Assert.Equal(DnsResponseCode.NoError, await CodeAsync());
        Assert.Equal(DnsResponseCode.ServerFailure, (await _server.AskTcpAsync(RawClient.Query("_x.acme.example"))).ResponseCode);
    }

    [Fact]
    public void Times_LessThanOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => DnsFault.Drop().Times(0));

    [Fact]
    public void For_NoName_Throws() => Assert.Throws<FormatException>(() => DnsFault.Drop().For("two..dots"));

    private async Task<DnsResponseCode> CodeAsync(string name = "_x.acme.example", DnsRecordType type = DnsRecordType.TXT) =>
        (await _server.AskUdpAsync(RawClient.Query(name, type))).ResponseCode;
}
