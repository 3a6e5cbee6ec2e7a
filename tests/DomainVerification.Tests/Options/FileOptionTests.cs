using DomainVerification.Options.Internal;

namespace DomainVerification.Tests.Options;

/// <summary>What the rules of files allow, and the bounds of how they are fetched.</summary>
public class FileOptionTests
{
    [Fact]
    public void WholeDomain_WithTheOptIn_IsAllowed()
    {
        var options = new DomainVerificationOptions
        {
            Provider = "host",
            Methods = [ProofMethod.HttpFile],
            Scope = ChallengeScope.Domain,
            Placement = ProofPlacement.RegistrableDomain,
            Subject = ClaimSubject.RegistrableDomain,
        };
        options.Files.TrustOneHostForAllSubdomains = true;

        Assert.Empty(Failures(options));
    }

    [Fact]
    public void WholeDomain_WithoutFiles_IsAllowed() =>
        Assert.Empty(Failures(new DomainVerificationOptions { Provider = "host", Scope = ChallengeScope.Domain }));

    [Theory]
    [InlineData("/verification.html")]
    [InlineData("/.well-known/host/{id}.txt")]
    [InlineData("/{id}")]
    [InlineData("/a..b/~c")]
    public void Path_Good_IsAllowed(string path)
    {
        var options = new DomainVerificationOptions { Provider = "host", Methods = [ProofMethod.HttpFile] };
        options.Files.Path = path;

        Assert.Empty(Failures(options));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//evil.example/{id}x?")]
    [InlineData("/a?b={id}")]
    [InlineData("/a#b")]
    [InlineData("/a b")]
    [InlineData("/%2e%2e/a")]
    [InlineData("/a/..")]
    [InlineData("/./a")]
    [InlineData("/{id}/{id}")]
    [InlineData("/{token}")]
    [InlineData("/\u00FC")]
    public void Path_Bad_IsRefused(string path)
    {
        var options = new DomainVerificationOptions { Provider = "host" };
        options.Files.Path = path;

        Assert.StartsWith("DomainVerification:Files:Path is ", Assert.Single(Failures(options)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99, 10_000, 0, "ConnectTimeout is '00:00:00.0990000' but must be from 00:00:00.1000000 to 00:01:00.")]
    [InlineData(1000, 120_001, 0, "Deadline is '00:02:00.0010000' but must be from 00:00:00.1000000 to 00:02:00.")]
    [InlineData(1000, 10_000, 4, "Retries is '4' but must be from 0 to 3.")]
    public void Fetch_OutOfBounds_IsRefused(int connect, int deadline, int retries, string message)
    {
        var options = new HttpFileProofOptions
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(connect),
            Deadline = TimeSpan.FromMilliseconds(deadline),
            Retries = retries,
        };

        Assert.Equal($"DomainVerification:Http:{message}", new HttpFileProofOptionsValidator().Validate(null, options).FailureMessage);
    }

    private static List<string> Failures(DomainVerificationOptions options) =>
        [.. new DomainVerificationOptionsValidator().Validate(string.Empty, options).Failures ?? []];
}
