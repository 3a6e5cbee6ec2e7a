using System.Net;
using DomainVerification.Challenges.Internal;
using DomainVerification.Testing;

namespace DomainVerification.Tests.Challenges;

/// <summary>Claims that are proved by a file, from the request to the proof.</summary>
public sealed class FileChallengeTests : IAsyncDisposable
{
    private readonly LoopbackWebServer _web = LoopbackWebServer.Start();

    [Fact]
    public async Task Request_TellsUrlHostPathAndContent()
    {
        await using var world = World();

        var instructions = (await world.RequestAsync("acme", "www.b\u00FCcher.example")).Instructions!;

        var file = instructions.File!;
        Assert.Matches("^http://www\\.xn--bcher-kva\\.example/\\.well-known/host-challenge/[a-z2-7]{26}$", file.Url);
        Assert.Equal(("www.xn--bcher-kva.example", $"http://{file.Host}{file.Path}"), (file.Host, file.Url));
        Assert.Equal($"token={instructions.Token} expiry=2026-01-08", file.Content);
        Assert.Equal(
            ("FILE", file.Url, file.Path, file.Content, TimeSpan.Zero),
            (instructions.RecordType, instructions.RecordName, instructions.RelativeName, instructions.RecordValue, instructions.TimeToLive));
        Assert.Null(instructions.HostRecord);
        Assert.Equal(
            $"""
            To prove that you control www.bücher.example, put a file on its web server:
              URL:     {file.Url}
              Content: {file.Content}
            The file must be there without a login, and hold nothing else. Publish it before 2026-01-08 00:00 UTC.
            """,
            instructions.Text,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task PathId_IsNotTheTokenAndComesBackWithIt()
    {
        await using var world = World(options => options.Methods = [ProofMethod.HttpFile, ProofMethod.DnsTxt]);
        var first = await RequestAsync(world, ProofMethod.HttpFile);

        await RequestAsync(world, ProofMethod.DnsTxt);
        var again = await RequestAsync(world, ProofMethod.HttpFile);
        var rotated = (await world.Manager.RotateTokenAsync(ClaimReference.To("acme", "acme.example"))).Instructions!;

        Assert.DoesNotContain(first.Token, first.File!.Url, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(first.File, again.File);
        Assert.NotEqual(first.File.Path, rotated.File!.Path);
    }

    [Fact]
    public void Url_SchemeAndPathOfTheProfile_AreUsed()
    {
        var options = new DomainVerificationOptions { Provider = "host" };
        var host = DomainName.Parse("acme.example");
        Assert.Matches("^http://acme.example/.well-known/host-challenge/[a-z2-7]{26}$", FileSyntax.Url(options, host, "token"));

        (options.Files.Scheme, options.Files.Path) = (FileScheme.Https, "/verification.html");
        Assert.Equal("https://acme.example/verification.html", FileSyntax.Url(options, host, "token"));
    }

    [Fact]
    public async Task Published_IsVerifiedAndClaimed()
    {
        await using var world = World();
        var claim = (await world.RequestAsync("acme", "acme.example")).Claim!;
        var before = await world.Manager.VerifyAsync(ClaimReference.To(claim));
        Assert.Equal((ClaimResultStatus.NotProved, "file_not_found"), (before.Status, before.Report!.Diagnosis.Code));

        _web.Put((await world.Manager.GetInstructionsAsync(ClaimReference.To(claim))).Instructions!.File!);
        var confirmed = (await world.Manager.ConfirmAsync(ClaimReference.To(claim))).RequireClaim();

        Assert.True(confirmed.Status.Holds);
        Assert.Equal((ProofMethod.HttpFile, 1), (confirmed.Proof!.Evidence.Method, confirmed.Proof.Evidence.Generation));
    }

    [Fact]
    public async Task ContentOfAnotherOwner_ProvesNothing()
    {
        await using var world = World(options => options.Files.Path = "/proof.txt");
        var ann = await world.RequestAsync("ann", "acme.example");
        var bob = await world.RequestAsync("bob", "acme.example");

        _web.Put(ann.Instructions!.File!);

        Assert.Equal(ann.Instructions.File!.Url, bob.Instructions!.File!.Url);
        Assert.Equal(ClaimResultStatus.NotProved, (await world.Manager.VerifyAsync(ClaimReference.To(bob.Claim!))).Status);
        Assert.Equal(ClaimResultStatus.Done, (await world.Manager.VerifyAsync(ClaimReference.To(ann.Claim!))).Status);
    }

    [Fact]
    public async Task OptIn_FileAtTheRegistrableDomain_ProvesThatDomain()
    {
        await using var world = World(options =>
        {
            options.Subject = ClaimSubject.RegistrableDomain;
            options.Files.TrustOneHostForAllSubdomains = true;
        });
        var requested = await world.RequestAsync("acme", "pull.acme.example");

        _web.Put(requested.Instructions!.File!);
        var verified = (await world.Manager.VerifyAsync(ClaimReference.To(requested.Claim!))).RequireClaim();

        Assert.Equal(("acme.example", "acme.example"), (verified.Domain.Value, requested.Instructions.File!.Host));
    }

    [Fact]
    public async Task Watch_FileGone_PutsTheClaimAtRisk()
    {
        await using var world = World(options => (options.Watch.Enabled, options.Watch.Misses) = (true, 1));
        var requested = await world.RequestAsync("acme", "acme.example");
        _web.Put(requested.Instructions!.File!);
        var claim = (await world.Manager.VerifyAsync(ClaimReference.To(requested.Claim!))).RequireClaim();

        _web.Remove(requested.Instructions.File!.Host, requested.Instructions.File.Path);
        world.Clock.Advance(TimeSpan.FromDays(1));
        await world.WorkAsync();

        Assert.Equal(ProofHealth.AtRisk, (await world.Store.FindAsync(claim.Id, default))!.Health!.State);
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static async Task<ChallengeInstructions> RequestAsync(ClaimWorld world, ProofMethod method) =>
        (await world.Manager.RequestAsync(new ClaimRequest("acme", "acme.example") { Method = method, ChangeMethod = true })).Instructions!;

    private ClaimWorld World(Action<DomainVerificationOptions>? configure = null)
    {
        var world = new ClaimWorld(
            options =>
            {
                options.Methods = [ProofMethod.HttpFile];
                configure?.Invoke(options);
            },
            builder => builder.RouteFileChecksToLoopbackForTesting(_web.HttpPort, _web.HttpsPort));
        world.Dns.Zone("acme.example").Address("@", IPAddress.Parse("9.9.9.9"));
        return world;
    }
}
