using DomainVerification.Dns;

namespace DomainVerification.Tests.Options;

/// <summary>Hosts rely on defaults that they never wrote down; each is pinned.</summary>
public class OptionDefaultsTests
{
    [Fact]
    public void Profile_Defaults_AreThese()
    {
        var options = new DomainVerificationOptions();

        Assert.Equal("domain-verification", options.Provider);
        Assert.Equal(ChallengeScope.Unspecified, options.Scope);
        Assert.Null(options.RecordLabel);
        Assert.Equal(TenantLabel.None, options.TenantLabel);
        Assert.Equal(ProofPlacement.ExactName, options.Placement);
        Assert.Equal(ClaimSubject.ExactName, options.Subject);
        Assert.Empty(options.Methods);
        Assert.Equal("token={token} expiry={expiry}", options.ValueFormat);
        Assert.Null(options.CnameZone);
        Assert.Null(options.DelegationZone);
        Assert.Empty(options.Keys);
        Assert.Equal(DomainExclusivity.OneHolder, options.Exclusivity);
        Assert.Equal(TakeoverRule.ByProof, options.Takeover);
        Assert.Equal(TimeSpan.FromDays(7), options.ChallengeLifetime);
        Assert.Equal(100, options.MaximumPendingClaims);
        Assert.Equal(TimeSpan.FromDays(1), options.ProofFreshness);
        Assert.Null(options.Provisioners);
        Assert.Equal(ProvedAction.Verify, options.OnProved);
        Assert.False(options.AllowPrivateSuffixes);
        Assert.False(options.AllowUnlistedSuffixes);
        Assert.Empty(options.DeniedDomains);
    }

    [Fact]
    public void Transfer_Defaults_AreThese()
    {
        var transfers = new TransferOptions();

        Assert.Empty(transfers.Policies);
        Assert.Equal(TimeSpan.FromDays(30), transfers.ActiveWithin);
        Assert.Equal(TimeSpan.Zero, transfers.GracePeriod);
        Assert.False(transfers.ReproveHolder);
        Assert.Equal(TimeSpan.Zero, transfers.ReproofWindow);
        Assert.Equal(TimeSpan.FromDays(14), transfers.ReviewLifetime);
        Assert.True(transfers.FourEyes);
        Assert.Equal(TimeSpan.Zero, transfers.UndoWindow);
    }

    [Fact]
    public void Watch_Defaults_AreThese()
    {
        var watch = new WatchOptions();

        Assert.False(watch.Enabled);
        Assert.Equal(TimeSpan.FromDays(1), watch.Interval);
        Assert.Equal(TimeSpan.FromHours(1), watch.RetryInterval);
        Assert.Equal(3, watch.Misses);
        Assert.Equal(TimeSpan.FromDays(7), watch.GracePeriod);
    }

    [Fact]
    public void Token_Defaults_AreThese()
    {
        var token = new TokenOptions();

        Assert.Equal(TokenSource.Random, token.Source);
        Assert.Equal(TokenEncoding.Base32, token.Encoding);
        Assert.Equal(160, token.Bits);
        Assert.Equal("{0}", token.Format);
        Assert.Equal(TokenDisclosure.Always, token.Disclosure);
        Assert.Equal(128, TokenOptions.MinimumBits);
        Assert.Equal(512, TokenOptions.MaximumBits);
    }

    [Fact]
    public void File_Defaults_AreThese()
    {
        var files = new FileProofOptions();

        Assert.Equal((FileScheme.Http, null, false), (files.Scheme, files.Path, files.TrustOneHostForAllSubdomains));
    }

    [Fact]
    public void Http_Defaults_AreThese()
    {
        var http = new HttpFileProofOptions();

        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), 1), (http.ConnectTimeout, http.Deadline, http.Retries));
        Assert.Equal((10, 1024), (HttpFileProofOptions.MaximumRedirects, HttpFileProofOptions.MaximumFileLength));
    }

    [Fact]
    public void Recheck_Defaults_AreThese()
    {
        var recheck = new RecheckOptions();

        Assert.Equal(RecheckStart.AfterFirstVerify, recheck.Start);
        Assert.Equal(TimeSpan.FromMinutes(1), recheck.FirstDelay);
        Assert.Equal(1.25, recheck.Growth);
        Assert.Equal(TimeSpan.FromMinutes(175), recheck.MaximumDelay);
        Assert.Equal(75, recheck.MaximumTries);
    }

    [Fact]
    public void Worker_Defaults_AreThese()
    {
        var worker = new DomainVerificationWorkerOptions();

        Assert.True(worker.Enabled);
        Assert.Equal(TimeSpan.FromSeconds(5), worker.PollInterval);
        Assert.Equal(100, worker.BatchSize);
        Assert.Equal(16, worker.Concurrency);
        Assert.Equal(TimeSpan.FromMinutes(5), worker.LeaseDuration);
        Assert.Equal(50, worker.MaximumAttempts);
    }

    [Fact]
    public void CheckLimit_Defaults_AreThese()
    {
        var limits = new CheckLimitOptions();

        Assert.Equal(10, limits.PerDomain);
        Assert.Equal(30, limits.PerOwner);
        Assert.Equal(600, limits.Total);
        Assert.Equal(TimeSpan.FromMinutes(1), limits.Window);
    }

    [Fact]
    public void Dns_Defaults_AreThese()
    {
        var dns = new DnsResolverOptions();

        Assert.Empty(dns.Servers);
        Assert.Equal(TimeSpan.FromSeconds(2), dns.TryTimeout);
        Assert.Equal(2, dns.TriesPerServer);
        Assert.Equal(256, dns.MaxInFlightPerServer);
        Assert.Equal(TimeSpan.FromSeconds(10), dns.Deadline);
        Assert.Equal(DnsTransportMode.UdpThenTcp, dns.Transport);
    }
}
