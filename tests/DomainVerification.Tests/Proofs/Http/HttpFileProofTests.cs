using System.IO.Compression;
using System.Text;
using DomainVerification.Testing;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs.Http;

/// <summary>What a file must hold, and how it is asked for.</summary>
public class HttpFileProofTests
{
    [Theory]
    [InlineData(FileWorld.Content)]
    [InlineData(FileWorld.Content + "\n")]
    [InlineData(FileWorld.Content + " \t\r\n\r\n")]
    [InlineData(FileWorld.Token)]
    [InlineData(FileWorld.Content + " expiry=2026-11-29")]
    public async Task TokenInTheFile_WhiteSpaceBehindIt_IsProved(string content)
    {
        await using var world = new FileWorld().Put(content);

        await world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" " + FileWorld.Content)]
    [InlineData("\ufeff" + FileWorld.Content)]
    [InlineData(FileWorld.Content + "\nmore")]
    [InlineData("<p>" + FileWorld.Content + "</p>")]
    [InlineData("token=other")]
    [InlineData("token=\u00e9")]
    public async Task AnythingElseInTheFile_IsAMismatchAndNotShown(string content)
    {
        await using var world = new FileWorld().Put(content);

        var report = await world.AssertAsync(ProofOutcome.NotProved, ContentMismatch);

        Assert.DoesNotContain("other", report.Diagnosis.Message + report.Diagnosis.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpentToken_IsToldApart()
    {
        await using var world = new FileWorld().Put("token=old");
        world.Spent = [new SpentToken(1, new StoredToken(StoredTokenSchemes.Clear, "old"))];

        await world.AssertAsync(ProofOutcome.NotProved, TokenSpent);
    }

    [Fact]
    public async Task Evidence_SaysUrlServerAndDigest()
    {
        await using var world = new FileWorld().Put(FileWorld.Content + "\n");

        var report = await world.AssertAsync(ProofOutcome.Proved, Proved);

        var evidence = report.Evidence!;
        Assert.Equal((ProofMethod.HttpFile, world.Record.Name), (evidence.Method, evidence.RecordName));
        Assert.Equal(("9.9.9.9:80", TimeSpan.Zero), (evidence.Server, evidence.TimeToLive));
        Assert.Empty(evidence.Aliases);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(FileWorld.Content))),
            evidence.ValueDigest);
        var observation = Assert.Single(report.Observations);
        Assert.Equal(
            ("9.9.9.9:80", "http", $"GET {world.Record.Name}", "status_200"),
            (observation.Server, observation.Transport, observation.Question, observation.Answer));
    }

    [Fact]
    public async Task Request_NamesHostAndPath_AndCarriesNothingElse()
    {
        await using var world = new FileWorld().Put();

        await world.AssertAsync(ProofOutcome.Proved, Proved);
        await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal(2, world.Web.Requests.Count);
        Assert.All(world.Web.Requests, request =>
        {
            Assert.Equal(("GET", FileWorld.Host, FileWorld.Path), (request.Method, request.Host, request.Path));
            Assert.Equal(["Accept", "Connection", "Host", "User-Agent"], request.Headers.Keys.Order(StringComparer.Ordinal));
            Assert.Equal("close", request.Headers["Connection"]);
        });
    }

    [Fact]
    public async Task Cookies_AreNeverSentBack()
    {
        await using var world = new FileWorld();
        world.Web.Put(FileWorld.Host, "/2", FileWorld.Content);
        world.Web.Faults.Add(WebFault.Answer(302, "", ("Set-Cookie", "a=b"), ("Location", "/2")).At(FileWorld.Path));

        await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.All(world.Web.Requests, request => Assert.DoesNotContain("Cookie", request.Headers.Keys));
    }

    [Fact]
    public async Task OtherHosts_ParentsAndSubdomains_AreNeverAsked()
    {
        await using var world = new FileWorld();
        world.Dns.Zone("example").Address("@", FileWorld.Public);
        world.Dns.Zone(FileWorld.Host).Address("www", FileWorld.Public);
        world.Web.Put("www." + FileWorld.Host, FileWorld.Path, FileWorld.Content).Put("example", FileWorld.Path, FileWorld.Content);

        await world.AssertAsync(ProofOutcome.NotProved, ProofDiagnosisCodes.FileNotFound);

        Assert.Equal(FileWorld.Host, Assert.Single(world.Web.Requests).Host);
    }

    [Fact]
    public async Task PunycodeHost_IsAskedForAsItStands()
    {
        await using var world = new FileWorld();
        world.Dns.Zone("xn--bcher-kva.example").Address("@", FileWorld.Public);
        world.Record = world.Record with { Name = "http://xn--bcher-kva.example/proof.txt" };
        world.Web.Put("xn--bcher-kva.example", "/proof.txt", FileWorld.Content);

        await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal("xn--bcher-kva.example", Assert.Single(world.Web.Requests).Host);
    }

    [Fact]
    public async Task CompressedAnswer_IsNotUnpacked()
    {
        await using var world = new FileWorld().Put();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(FileWorld.Content));
            gzip.Write(Encoding.ASCII.GetBytes(new string(' ', 100_000)));
        }

        world.Web.Faults.Add(WebFault.Octets(
        [
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\nConnection: close\r\n\r\n"),
            .. packed.ToArray(),
        ]));

        Assert.InRange(packed.Length, 100, HttpFileProofOptions.MaximumFileLength);
        await world.AssertAsync(ProofOutcome.NotProved, ContentMismatch);
    }

    [Fact]
    public async Task ChunkedAnswer_IsRead()
    {
        await using var world = new FileWorld().Fault(WebFault.Octets(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\ntoken=\r\n20\r\n{FileWorld.Token}\r\n0\r\n\r\n")));

        await world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Theory]
    [InlineData(HttpFileProofOptions.MaximumFileLength, Proved)]
    [InlineData(HttpFileProofOptions.MaximumFileLength + 1, ProofDiagnosisCodes.FileTooLarge)]
    public async Task LongestFile_IsReadAndOneOctetMoreIsNot(int length, string code)
    {
        await using var world = new FileWorld().Put(FileWorld.Content.PadRight(length));

        Assert.Equal(code, (await world.CheckAsync()).Diagnosis.Code);
    }

    [Fact]
    public async Task EndlessBody_IsGivenUpEarly()
    {
        await using var world = new FileWorld().Fault(WebFault.EndlessBody());

        await world.AssertAsync(ProofOutcome.NotProved, ProofDiagnosisCodes.FileTooLarge);
    }

    [Fact]
    public async Task ManyAtOnce_EachGetsItsOwnAnswer()
    {
        await using var world = new FileWorld().Put();

        var reports = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => world.CheckAsync()));

        Assert.All(reports, report => Assert.Equal(Proved, report.Diagnosis.Code));
        Assert.Equal(64, world.Web.Requests.Count);
    }

    [Fact]
    public async Task Cancelled_Throws()
    {
        await using var world = new FileWorld().Fault(WebFault.Stall());
        using var stop = new CancellationTokenSource();

        var checking = world.CheckAsync(stop.Token);
        await world.Web.WaitForRequestsAsync(1, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checking);
    }
}
