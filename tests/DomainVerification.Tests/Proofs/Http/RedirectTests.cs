using System.Globalization;
using DomainVerification.Proofs.Http.Internal;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;
using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs.Http;

/// <summary>Which redirects are followed.</summary>
public class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task FollowedStatus_LeadsToTheFile(int status)
    {
        await using var world = new FileWorld();
        world.Dns.Zone("files.example").Address("@", FileWorld.Public);
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, "http://files.example/f", status).Put("files.example", "/f", FileWorld.Content);

        var report = await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal(["http://files.example/f"], report.Evidence!.Aliases);
        Assert.Equal([$"status_{status}", "status_200"], report.Observations.Select(observation => observation.Answer));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(303)]
    [InlineData(305)]
    public void OtherStatus_IsRefused(int status) =>
        Assert.Equal($"with the status {status}, which is not followed", Refusal("http://acme.com/", "/x", status));

    [Theory]
    [InlineData("/elsewhere?a=b#part", "http://acme.com/elsewhere?a=b")]
    [InlineData("elsewhere", "http://acme.com/.well-known/elsewhere")]
    [InlineData("//www.acme.com/x", "http://www.acme.com/x")]
    [InlineData("http://www.acme.com:80/x", "http://www.acme.com/x")]
    [InlineData("https://www.acme.com:443/x", "https://www.acme.com/x")]
    [InlineData("http://www.acme.com:443/x", "http://www.acme.com:443/x")]
    [InlineData("HTTPS://WWW.ACME.COM/X", "https://www.acme.com/X")]
    [InlineData("http://xn--bcher-kva.com/x", "http://xn--bcher-kva.com/x")]
    [InlineData("http://9.9.9.9/x", "http://9.9.9.9/x")]
    [InlineData("http://[2620:fe::fe]/x", "http://[2620:fe::fe]/x")]
    public void GoodTarget_IsFollowed(string location, string expected) =>
        Assert.Equal(expected, Next("http://acme.com/.well-known/x", location).Target?.AbsoluteUri);

    [Theory]
    [InlineData(null, "without saying where to")]
    [InlineData("http://acme.com/a b", "to something that is no URL")]
    [InlineData("http://b\u00FCcher.com/", "to something that is no URL")]
    [InlineData("http://", "to something that is no URL")]
    [InlineData("ftp://acme.com/x", "to something else than http or https")]
    [InlineData("file:///etc/passwd", "to something else than http or https")]
    [InlineData("gopher://acme.com/x", "to something else than http or https")]
    [InlineData("javascript:alert(1)", "to something else than http or https")]
    [InlineData("http://user@acme.com/x", "to a URL with a user name in it")]
    [InlineData("http://user:secret@acme.com/x", "to a URL with a user name in it")]
    [InlineData("http://acme.com@evil.com/x", "to a URL with a user name in it")]
    [InlineData("http://acme.com:8080/x", "to the port 8080, which is neither 80 nor 443")]
    [InlineData("https://acme.com:22/x", "to the port 22, which is neither 80 nor 443")]
    [InlineData("http://127.0.0.1/x", "to an address that is not public")]
    [InlineData("http://127.1/x", "to an address that is not public")]
    [InlineData("http://2130706433/x", "to an address that is not public")]
    [InlineData("http://0x7f000001/x", "to an address that is not public")]
    [InlineData("http://0177.0.0.1/x", "to an address that is not public")]
    [InlineData("http://169.254.169.254/latest/meta-data", "to an address that is not public")]
    [InlineData("http://[::1]/x", "to an address that is not public")]
    [InlineData("http://[::]/x", "to an address that is not public")]
    [InlineData("http://[fe80::1]/x", "to an address that is not public")]
    [InlineData("http://[fe80::1%25eth0]/x", "to an address that is not public")]
    [InlineData("http://[::ffff:10.0.0.1]/x", "to an address that is not public")]
    [InlineData("http://[::ffff:9.9.9.9]/x", "to an address that is not public")]
    [InlineData("http://[64:ff9b::a00:1]/x", "to an address that is not public")]
    [InlineData("http://[2002:a00:1::]/x", "to an address that is not public")]
    [InlineData("http://localhost/x", "to a name that is not of the public DNS")]
    [InlineData("http://metadata.google.internal/x", "to a name that is not of the public DNS")]
    [InlineData("http://intranet.corp/x", "to a name that is not of the public DNS")]
    [InlineData("http://acme.com.well-known/x", "to a name that is not of the public DNS")]
    [InlineData("http://under_score.acme.com/x", "to a name that is not of the public DNS")]
    public void BadTarget_IsRefused(string? location, string why) => Assert.Equal(why, Refusal("http://acme.com/x/y", location));

    [Fact]
    public void LongTarget_IsRefused()
    {
        Assert.NotNull(Next("http://acme.com/", "/" + new string('a', 1999)).Target);
        Assert.Equal("to something that is no URL", Refusal("http://acme.com/", "/" + new string('a', 2000)));
    }

    [Fact]
    public void UnlistedName_OfAClaimThatIsUnlistedToo_IsFollowed() =>
        Assert.NotNull(Next("http://acme.example/", "http://files.internal/x").Target);

    [Theory]
    [InlineData("http://acme.com/x")]
    [InlineData("http://ACME.com/x#elsewhere")]
    [InlineData("x")]
    public void SameUrlAgain_IsALoop(string location) => Assert.Equal(RedirectLoop, Next("http://acme.com/x", location).Code);

    [Fact]
    public void CircleOfTwo_IsALoop()
    {
        var redirects = new Redirects(new Uri("http://acme.com/a"), PublicSuffixList.BuiltIn);

        Assert.NotNull(redirects.Next(302, "/b").Target);
        Assert.Equal(RedirectLoop, redirects.Next(302, "/a").Code);
    }

    [Fact]
    public async Task TenRedirects_AreFollowedAndOneMoreIsNot()
    {
        await using var world = new FileWorld();
        for (var i = 1; i <= HttpFileProofOptions.MaximumRedirects; i++)
        {
            world.Web.Redirect(FileWorld.Host, i == 1 ? FileWorld.Path : Step(i - 1), Step(i));
        }

        world.Web.Put(FileWorld.Host, Step(10), FileWorld.Content);
        await world.AssertAsync(ProofOutcome.Proved, Proved);

        world.Web.Redirect(FileWorld.Host, Step(10), Step(11)).Put(FileWorld.Host, Step(11), FileWorld.Content);
        await world.AssertAsync(ProofOutcome.NotProved, TooManyRedirects);

        static string Step(int number) => "/" + number.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task EachHop_IsLookedUpAnew()
    {
        await using var world = new FileWorld();
        var resolver = (InMemoryDnsResolver)world.Resolver;
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, "/2").Put(FileWorld.Host, "/2", FileWorld.Content);

        await world.AssertAsync(ProofOutcome.Proved, Proved);

        Assert.Equal(4, resolver.Queries.Count);
    }

    [Fact]
    public async Task LongTargetInTheReport_IsCut()
    {
        await using var world = new FileWorld();
        world.Web.Redirect(FileWorld.Host, FileWorld.Path, "/" + new string('z', 1900));

        var report = await world.AssertAsync(ProofOutcome.NotProved, ProofDiagnosisCodes.FileNotFound);

        Assert.InRange(report.Diagnosis.Message.Length, 0, 200);
        Assert.All(report.Observations, observation => Assert.InRange(observation.Question.Length, 0, 110));
    }

    private static RedirectStep Next(string from, string? location, int status = 302) =>
        new Redirects(new Uri(from), PublicSuffixList.BuiltIn).Next(status, location);

    private static string Refusal(string from, string? location, int status = 302)
    {
        var step = Next(from, location, status);
        Assert.Equal((null, RedirectRefused), (step.Target, step.Code));
        return step.Why;
    }
}
