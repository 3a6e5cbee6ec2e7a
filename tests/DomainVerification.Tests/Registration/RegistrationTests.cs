using DomainVerification.Dns;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tests.Registration;

public class RegistrationTests
{
    [Fact]
    public void AddDomainVerification_Alone_GivesAWholeValidGraph()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification();
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.NotNull(provider.GetRequiredService<IDomainClaimManager>());
        Assert.IsType<AuthoritativeResolver>(provider.GetRequiredService<IDnsResolver>());
        Assert.IsType<InMemoryClaimStore>(provider.GetRequiredService<IClaimStore>());
        Assert.Equal(2, provider.GetServices<IHostedService>().Count());
    }

    [Theory]
    [InlineData(null, false, typeof(AuthoritativeResolver))]
    [InlineData(null, true, typeof(ConfiguredServersResolver))]
    [InlineData(DnsLookupMode.Authoritative, true, typeof(AuthoritativeResolver))]
    [InlineData(DnsLookupMode.Resolvers, false, typeof(ConfiguredServersResolver))]
    public void ConfigureDns_ModeAndServers_DecideWhoIsAsked(DnsLookupMode? mode, bool namesServers, Type resolver)
    {
        var services = new ServiceCollection();
        services.AddDomainVerification().ConfigureDns(options =>
        {
            options.Mode = mode;
            options.Servers = namesServers ? ["192.0.2.53"] : [];
        });
        using var provider = services.BuildServiceProvider();

        Assert.IsType(resolver, provider.GetRequiredService<IDnsResolver>());
    }

    [Fact]
    public void AddDomainVerification_ManyTimes_RegistersEverythingOnce()
    {
        var once = new ServiceCollection();
        once.AddDomainVerification().AddProfile("sending");
        var often = new ServiceCollection();
        for (var i = 0; i < 3; i++)
        {
            often.AddDomainVerification().AddProfile("sending");
        }

        Assert.Equal(Kinds(once), Kinds(often));
    }

    [Fact]
    public void AddDomainVerification_ConfiguredManyTimes_AppliesAllInOrder()
    {
        var services = new ServiceCollection();
        services.AddDomainVerification(options => (options.Provider, options.Scope) = ("one", ChallengeScope.Host));
        services.AddDomainVerification(options => options.Provider = "two");
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptions<DomainVerificationOptions>>().Value;
        Assert.Equal(("two", ChallengeScope.Host), (options.Provider, options.Scope));
    }

    [Fact]
    public void AddDomainVerification_BesideKeyedServices_IsNotDisturbed()
    {
        var services = new ServiceCollection();
        services.AddKeyedSingleton<IClaimStore, InMemoryClaimStore>("other");
        services.AddKeyedSingleton("other", new object());
        services.AddDomainVerification().AddProfile("sending");
        services.AddDomainVerification().AddProfile("sending").UseClaimStore<FakeStore>();
        using var provider = services.BuildServiceProvider();

        Assert.IsType<FakeStore>(provider.GetRequiredService<IClaimStore>());
        Assert.IsType<InMemoryClaimStore>(provider.GetRequiredKeyedService<IClaimStore>("other"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Use_BeforeOrAfterASecondCall_Replaces(bool before)
    {
        var services = new ServiceCollection();
        var builder = services.AddDomainVerification();
        if (!before)
        {
            services.AddDomainVerification();
        }

        var resolver = new InMemoryDnsResolver(new DnsWorld());
        builder.UseClaimStore<FakeStore>()
            .UseTokenIssuer<FakeIssuer>()
            .UseDnsProofChecker<FakeChecker>()
            .UseIdentityProvisioner<FakeProvisioner>()
            .UseDnsResolver<FakeResolver>()
            .UseDnsResolver(resolver)
            .UsePublicSuffixList(PublicSuffixList.BuiltIn);
        if (before)
        {
            services.AddDomainVerification();
        }

        using var provider = services.BuildServiceProvider();
        Assert.IsType<FakeStore>(Assert.Single(provider.GetServices<IClaimStore>()));
        Assert.IsType<FakeIssuer>(Assert.Single(provider.GetServices<ITokenIssuer>()));
        Assert.IsType<FakeChecker>(Assert.Single(provider.GetServices<IDnsProofChecker>()));
        Assert.IsType<FakeProvisioner>(Assert.Single(provider.GetServices<IIdentityProvisioner>()));
        Assert.Same(resolver, Assert.Single(provider.GetServices<IDnsResolver>()));
        Assert.Same(PublicSuffixList.BuiltIn, Assert.Single(provider.GetServices<IPublicSuffixList>()));
    }

    [Fact]
    public void HostsOwnParts_RegisteredBefore_AreKept()
    {
        var clock = new ManualTimeProvider();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IClaimStore, FakeStore>();
        services.AddDomainVerification();
        using var provider = services.BuildServiceProvider();

        Assert.Same(clock, provider.GetRequiredService<TimeProvider>());
        Assert.IsType<FakeStore>(Assert.Single(provider.GetServices<IClaimStore>()));
    }

    [Fact]
    public async Task AddProofChecker_Twice_IsAskedOnceAndBeforeTheDefault()
    {
        await using var world = new ClaimWorld(build: builder => builder.AddProofChecker<FakeChecker>().AddProofChecker<FakeChecker>());
        var claim = (await world.RequestAsync("acme", "example.com")).Claim!;

        var result = await world.Manager.VerifyAsync(ClaimReference.To(claim));

        Assert.Equal(FakeChecker.Diagnosis, result.Report?.Diagnosis);
        Assert.Single(world.Get<IEnumerable<IProofChecker>>());
        Assert.Empty(world.Resolver.Queries);
    }

    [Fact]
    public async Task Profile_InConfigurationAlone_Works()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection([new("DomainVerification:Profiles:sending:Provider", "mail")])
            .Build());
        services.AddDomainVerification();
        await using var provider = services.BuildServiceProvider();
        var manager = provider.GetRequiredService<IDomainClaimManager>();

        var known = await manager.RequestAsync(new ClaimRequest("acme", "example.com") { Profile = "sending" });
        var unknown = await manager.RequestAsync(new ClaimRequest("acme", "example.com") { Profile = "Sending" });

        Assert.Equal("_mail-challenge.example.com", known.Instructions?.RecordName);
        Assert.Equal(DomainVerificationErrorCodes.ProfileUnknown, unknown.Error?.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("sending:eu")]
    public void AddProfile_BadName_Throws(string? name) =>
        Assert.ThrowsAny<ArgumentException>(() => new ServiceCollection().AddDomainVerification().AddProfile(name!));

    [Theory]
    [InlineData("DomainVerification:Provider", "Acme Inc", "DomainVerification:Provider is 'Acme Inc'")]
    [InlineData("DomainVerification:Profiles:sending:Token:Bits", "64", "DomainVerification:Profiles:sending:Token:Bits is '64'")]
    [InlineData("DomainVerification:Worker:BatchSize", "0", "DomainVerification:Worker:BatchSize is '0'")]
    [InlineData("DomainVerification:CheckLimits:Total", "-1", "DomainVerification:CheckLimits:Total is '-1'")]
    [InlineData("DomainVerification:Dns:Servers:0", "dns.example", "DomainVerification:Dns:Servers[0] is 'dns.example'")]
    [InlineData("DomainVerification:Scope", "Galaxy", "DomainVerification:Scope is 'Galaxy'")]
    public async Task Start_BadOption_StopsTheHostWithItsPath(string key, string value, string message)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new(key, value)]);
        builder.Services.AddDomainVerification();
        using var host = builder.Build();

        var exception = await Assert.ThrowsAnyAsync<InvalidOperationException>(Start);

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);

        async Task Start()
        {
            try
            {
                await host.StartAsync();
            }
            catch (OptionsValidationException invalid)
            {
                throw new InvalidOperationException(invalid.Message, invalid);
            }
        }
    }

    [Fact]
    public async Task Start_GoodOptions_StartsAndStops()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDomainVerification().AddProfile("sending");
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();
    }

    private static List<string> Kinds(IServiceCollection services) =>
    [
        .. services
            .Where(service => !service.ServiceType.Name.StartsWith("IConfigureOptions", StringComparison.Ordinal)
                || service.ImplementationType is not null)
            .Select(service => $"{service.ServiceType} {service.ImplementationType}")
            .Order(StringComparer.Ordinal),
    ];

    private sealed class FakeStore : DelegatingStore;

    private sealed class FakeIssuer : ITokenIssuer
    {
        public ValueTask<IssuedToken> IssueAsync(TokenContext context, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<TokenMatch> MatchAsync(
            string observed,
            StoredToken stored,
            TokenContext context,
            CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<string?> RevealAsync(StoredToken stored, TokenContext context, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class FakeChecker : IDnsProofChecker
    {
        public static readonly ProofDiagnosis Diagnosis = new("fake", "Nothing is looked for.");

        public IReadOnlyCollection<ProofMethod> Methods { get; } = [ProofMethod.DnsTxt];

        public ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new ProofReport { Outcome = ProofOutcome.NotProved, Diagnosis = Diagnosis, CheckedAt = default });
    }

    private sealed class FakeProvisioner : IIdentityProvisioner
    {
        public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    private sealed class FakeResolver : IDnsResolver
    {
        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
