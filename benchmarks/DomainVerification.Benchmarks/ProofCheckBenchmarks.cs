using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using DomainVerification.Dns;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Benchmarks;

/// <summary>
/// A whole check over UDP on loopback: question, answer, judgement and report. The yardstick is one bare exchange of the same query with
/// the same server over one socket that is kept, which checks nothing.
/// </summary>
[MemoryDiagnoser]
public class ProofCheckBenchmarks
{
    private readonly byte[] _buffer = new byte[1232];
    private LoopbackDnsServer _server = null!;
    private ServiceProvider _services = null!;
    private IDnsProofChecker _checker = null!;
    private IDnsResolver _resolver = null!;
    private ProofRequest _request = null!;
    private DnsQuestion _question = null!;
    private byte[] _query = [];
    private Socket _socket = null!;

    [GlobalSetup]
    public async Task SetUp()
    {
        _server = LoopbackDnsServer.Start(new DnsWorld());
        var services = new ServiceCollection();
        services
            .AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .ConfigureDns(options => options.Servers.Add(_server.Endpoint.ToString()));
        _services = services.BuildServiceProvider();
        var manager = _services.GetRequiredService<IDomainClaimManager>();
        var requested = await manager.RequestAsync(new ClaimRequest("tenant", "acme.example"));
        var instructions = requested.Instructions!;
        _server.World.Zone("acme.example").Txt(instructions.RelativeName, instructions.RecordValue);
        var claim = requested.RequireClaim();
        _request = new ProofRequest
        {
            Domain = claim.Domain,
            Record = claim.Challenge.Record,
            Token = new TokenMatcher(_services.GetRequiredService<ITokenIssuer>(), claim),
        };
        _checker = _services.GetRequiredService<IDnsProofChecker>();
        _resolver = _services.GetRequiredService<IDnsResolver>();
        _question = new DnsQuestion(DnsName.Parse(instructions.RecordName), DnsRecordType.TXT);
        _query = DnsMessageWriter.Write(new DnsMessage
        {
            Id = 1,
            Flags = DnsHeaderFlags.RecursionDesired,
            Questions = [_question],
            Edns = new DnsEdns(),
        });
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await _socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _server.Endpoint.Port));
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        _socket.Dispose();
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public async Task<int> BareExchange()
    {
        await _socket.SendAsync(_query.AsMemory(), SocketFlags.None, CancellationToken.None);
        return await _socket.ReceiveAsync(_buffer.AsMemory(), SocketFlags.None, CancellationToken.None);
    }

    [Benchmark]
    public ValueTask<DnsLookup> LookUp() => _resolver.ResolveAsync(_question, CancellationToken.None);

    [Benchmark]
    public ValueTask<ProofReport> Check() => _checker.CheckAsync(_request, CancellationToken.None);
}
