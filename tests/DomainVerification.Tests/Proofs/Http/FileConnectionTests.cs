using System.Net;
using System.Net.Sockets;
using System.Text;
using DomainVerification.Dns;
using DomainVerification.Proofs.Http.Internal;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs.Http;

/// <summary>Every accident on the way to a file, and its code.</summary>
public class FileConnectionTests
{
    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public static TheoryData<string, string> Faults => new()
    {
        { "close", ConnectionBroken },
        { "close halfway", ConnectionBroken },
        { "reset", ConnectionBroken },
        { "endless headers", MalformedResponse },
        { "garbage", MalformedResponse },
        { "http/2", ConnectionBroken },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task BrokenAnswer_IsInconclusive(string kind, string code)
    {
        await using var world = new FileWorld().Fault(kind switch
        {
            "close" => WebFault.Close(),
            "close halfway" => WebFault.CloseHalfway(),
            "reset" => WebFault.Reset(),
            "endless headers" => WebFault.EndlessHeaders(),
            "garbage" => WebFault.Octets(Encoding.ASCII.GetBytes("220 mail.acme.example ESMTP\r\n")),
            _ => WebFault.Octets([0, 0, 12, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100, 0, 4, 0, 0, 0xFF, 0xFF]),
        });

        await world.AssertAsync(ProofOutcome.Inconclusive, code);
    }

    [Theory]
    [InlineData(201, WrongStatus, ProofOutcome.NotProved)]
    [InlineData(204, WrongStatus, ProofOutcome.NotProved)]
    [InlineData(206, WrongStatus, ProofOutcome.NotProved)]
    [InlineData(304, WrongStatus, ProofOutcome.NotProved)]
    [InlineData(401, WrongStatus, ProofOutcome.NotProved)]
    [InlineData(403, WrongStatus, ProofOutcome.NotProved)]
    [InlineData(404, ProofDiagnosisCodes.FileNotFound, ProofOutcome.NotProved)]
    [InlineData(410, ProofDiagnosisCodes.FileNotFound, ProofOutcome.NotProved)]
    [InlineData(408, WebServerFailure, ProofOutcome.Inconclusive)]
    [InlineData(429, WebServerFailure, ProofOutcome.Inconclusive)]
    [InlineData(500, WebServerFailure, ProofOutcome.Inconclusive)]
    [InlineData(503, WebServerFailure, ProofOutcome.Inconclusive)]
    public async Task OtherStatus_EvenWithTheTokenInTheBody_IsNoProof(int status, string code, ProofOutcome outcome)
    {
        await using var world = new FileWorld().Fault(WebFault.Answer(status, status is 204 or 304 ? "" : FileWorld.Content));

        var report = await world.AssertAsync(outcome, code);

        Assert.Contains($"{status}", report.Diagnosis.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BrokenOnce_IsAskedAgain()
    {
        await using var world = new FileWorld(configure: options => options.Retries = 2);
        world.Put().Web.Faults.Add(WebFault.Close().Once()).Add(WebFault.Status(503).Once());

        await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal(3, world.Web.Requests.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task BrokenAlways_IsAskedAsOftenAsTheOptionSays(int retries)
    {
        await using var world = new FileWorld(configure: options => options.Retries = retries).Fault(WebFault.Close());

        await world.AssertAsync(ProofOutcome.Inconclusive, ConnectionBroken);

        Assert.Equal(1 + retries, world.Web.Requests.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    public async Task PlainNo_IsNotAskedAgain(int status)
    {
        await using var world = new FileWorld(configure: options => options.Retries = 2).Fault(WebFault.Status(status));

        await world.CheckAsync();

        Assert.Single(world.Web.Requests);
    }

    [Theory]
    [InlineData("stall")]
    [InlineData("stall in body")]
    [InlineData("trickle")]
    public async Task SlowServer_EndsAtTheDeadline(string kind)
    {
        var clock = new ManualTimeProvider();
        await using var world = new FileWorld { Clock = clock }.Fault(kind switch
        {
            "stall" => WebFault.Stall(),
            "stall in body" => WebFault.StallInBody(),
            _ => WebFault.Trickle(TimeSpan.FromSeconds(1), clock),
        });

        var checking = world.AssertAsync(ProofOutcome.Inconclusive, ReadTimedOut);
        await world.Web.WaitForRequestsAsync(1, Soon);
        clock.Advance(TimeSpan.FromSeconds(10));

        await checking.WaitAsync(Soon);
    }

    [Fact]
    public async Task NoListener_IsRefused()
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)bound.LocalEndPoint!).Port;
        await using var world = new FileWorld(build: builder => builder.RouteFileChecksToLoopbackForTesting(port, port));

        var report = await world.AssertAsync(ProofOutcome.Inconclusive, ConnectionRefused);

        Assert.Equal("acme.example (9.9.9.9:80) refuses connections.", report.Diagnosis.Message);
    }

    [Fact]
    public async Task NoAnswerToTheConnection_TimesOut()
    {
        var clock = new ManualTimeProvider();
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var endpoint = (IPEndPoint)full.LocalEndPoint!;
        using var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filler.ConnectAsync(endpoint);
        await using var world = new FileWorld(build: builder => builder.RouteFileChecksToLoopbackForTesting(endpoint.Port, endpoint.Port))
        {
            Clock = clock,
        };

        // The deadline of the check, and the time for a connection.
        var checking = world.AssertAsync(ProofOutcome.Inconclusive, ConnectTimedOut);
        await clock.WaitForTimersAsync(2, Soon);
        clock.Advance(TimeSpan.FromSeconds(5));

        await checking.WaitAsync(Soon);
    }

    [Fact]
    public async Task NoWay_IsUnreachable()
    {
        var route = new FileCheckRoute(80, 443, null) { Address = IPAddress.Broadcast };
        await using var world = new FileWorld(build: builder => builder.Services.AddSingleton(route));

        await world.AssertAsync(ProofOutcome.Inconclusive, HostUnreachable);
    }

    [Fact]
    public async Task NoName_IsNotFoundAndSaysForHowLong()
    {
        await using var world = new FileWorld();
        world.Dns.Zone(FileWorld.Host).Remove("@", DnsRecordType.A);

        var report = await world.AssertAsync(ProofOutcome.NotProved, HostNotFound);

        Assert.Equal(world.Dns.Zone(FileWorld.Host).NegativeTimeToLive, report.RetryAfter);
    }

    [Fact]
    public async Task DnsFails_IsInconclusive()
    {
        await using var world = new FileWorld();
        ((InMemoryDnsResolver)world.Resolver).Faults.Add(DnsFault.ServFail());

        await world.AssertAsync(ProofOutcome.Inconclusive, HostLookupFailed);
    }

    [Fact]
    public async Task DnsFailsForOneFamily_TheOtherIsEnough()
    {
        await using var world = new FileWorld().Put();
        ((InMemoryDnsResolver)world.Resolver).Faults.Add(DnsFault.ServFail().OfType(DnsRecordType.AAAA));

        await world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Fact]
    public async Task DnsFailsForOneFamilyAndTheOtherIsEmpty_IsNoNo()
    {
        await using var world = new FileWorld();
        world.Dns.Zone(FileWorld.Host).Remove("@", DnsRecordType.A);
        ((InMemoryDnsResolver)world.Resolver).Faults.Add(DnsFault.ServFail().OfType(DnsRecordType.AAAA));

        await world.AssertAsync(ProofOutcome.Inconclusive, HostLookupFailed);
    }

    [Fact]
    public async Task DnsStalls_EndsAtTheDeadline()
    {
        var clock = new ManualTimeProvider();
        await using var world = new FileWorld { Clock = clock };
        var resolver = (InMemoryDnsResolver)world.Resolver;
        resolver.Faults.Add(DnsFault.Hold(new TaskCompletionSource().Task));

        var checking = world.AssertAsync(ProofOutcome.Inconclusive, HostLookupFailed);
        await resolver.WaitForQueriesAsync(2, Soon);
        clock.Advance(TimeSpan.FromSeconds(10));

        await checking.WaitAsync(Soon);
    }
}
