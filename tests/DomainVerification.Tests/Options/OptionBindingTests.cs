using System.Text;
using DomainVerification.Dns;
using DomainVerification.Tests.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tests.Options;

public class OptionBindingTests
{
    [Fact]
    public void DefaultProfile_Configured_IsBoundWhole()
    {
        var secret = TestProfiles.Key("k1").Secret;
        var options = Profile("", Services(new()
        {
            ["DomainVerification:Provider"] = "acme-shop",
            ["DomainVerification:Scope"] = "Domain",
            ["DomainVerification:TenantLabel"] = "KeyedHash",
            ["DomainVerification:Methods:0"] = "DnsCname",
            ["DomainVerification:Methods:1"] = "DnsTxt",
            ["DomainVerification:CnameZone"] = "verify.host.example",
            ["DomainVerification:Token:Bits"] = "200",
            ["DomainVerification:Token:Format"] = "t-{0}",
            ["DomainVerification:Keys:0:Id"] = "k1",
            ["DomainVerification:Keys:0:Secret"] = secret,
            ["DomainVerification:ChallengeLifetime"] = "1.00:00:00",
            ["DomainVerification:Recheck:Growth"] = "2.5",
            ["DomainVerification:AllowUnlistedSuffixes"] = "true",
            ["DomainVerification:DeniedDomains:0"] = "gmail.com",
        }));

        Assert.Equal("acme-shop", options.Provider);
        Assert.Equal(ChallengeScope.Domain, options.Scope);
        Assert.Equal(TenantLabel.KeyedHash, options.TenantLabel);
        Assert.Equal([ProofMethod.DnsCname, ProofMethod.DnsTxt], options.Methods);
        Assert.Equal(200, options.Token.Bits);
        Assert.Equal("t-{0}", options.Token.Format);
        Assert.Equal(("k1", secret), (Assert.Single(options.Keys).Id, options.Keys[0].Secret));
        Assert.Equal(TimeSpan.FromDays(1), options.ChallengeLifetime);
        Assert.Equal(2.5, options.Recheck.Growth);
        Assert.True(options.AllowUnlistedSuffixes);
        Assert.Equal(["gmail.com"], options.DeniedDomains);
    }

    [Fact]
    public void NamedProfile_Configured_StartsFromTheDefaultsAndNotFromTheDefaultProfile()
    {
        var services = Services(new()
        {
            ["DomainVerification:Provider"] = "acme-shop",
            ["DomainVerification:Scope"] = "Host",
            ["DomainVerification:Profiles:sending:Provider"] = "acme-mail",
        });

        Assert.Equal("acme-mail", Profile("sending", services).Provider);
        Assert.Equal(ChallengeScope.Unspecified, Profile("sending", services).Scope);
        Assert.Equal("acme-shop", Profile("", services).Provider);
    }

    [Fact]
    public void WorkerAndDns_Configured_AreBound()
    {
        var services = Services(new()
        {
            ["DomainVerification:Worker:Enabled"] = "false",
            ["DomainVerification:Worker:PollInterval"] = "00:00:30",
            ["DomainVerification:Dns:Servers:0"] = "192.0.2.53",
            ["DomainVerification:Dns:Servers:1"] = "[2001:db8::53]:5353",
            ["DomainVerification:Dns:Transport"] = "TcpOnly",
        });

        var worker = services.GetRequiredService<IOptions<DomainVerificationWorkerOptions>>().Value;
        var dns = services.GetRequiredService<IOptions<DnsResolverOptions>>().Value;

        Assert.False(worker.Enabled);
        Assert.Equal(TimeSpan.FromSeconds(30), worker.PollInterval);
        Assert.Equal(["192.0.2.53", "[2001:db8::53]:5353"], dns.Servers);
        Assert.Equal(DnsTransportMode.TcpOnly, dns.Transport);
    }

    [Fact]
    public void CheckLimits_Configured_AreBoundAndCodeWins()
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("DomainVerification:CheckLimits:PerDomain", "5"),
            new("DomainVerification:CheckLimits:PerOwner", "6"),
            new("DomainVerification:CheckLimits:Window", "00:10:00"),
            new("DomainVerification:MaximumPendingClaims", "7"),
        ]).Build());
        collection.AddDomainVerification().ConfigureCheckLimits(code => code.PerOwner = 60);
        using var services = collection.BuildServiceProvider();

        var limits = services.GetRequiredService<IOptions<CheckLimitOptions>>().Value;

        Assert.Equal((5, 60, 600, TimeSpan.FromMinutes(10)), (limits.PerDomain, limits.PerOwner, limits.Total, limits.Window));
        Assert.Equal(7, Profile("", services).MaximumPendingClaims);
    }

    [Fact]
    public void Worker_ConfigurationReloaded_IsReadAnew()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([]).Build();
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(configuration);
        collection.AddDomainVerification();
        using var services = collection.BuildServiceProvider();
        var worker = services.GetRequiredService<IOptionsMonitor<DomainVerificationWorkerOptions>>();
        Assert.True(worker.CurrentValue.Enabled);

        configuration["DomainVerification:Worker:Enabled"] = "false";
        configuration.Reload();
        Assert.False(worker.CurrentValue.Enabled);

        configuration["DomainVerification:Worker:Enabled"] = "true";
        configuration.Reload();
        Assert.True(worker.CurrentValue.Enabled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Code_ConfiguredBeforeOrAfter_WinsOverConfiguration(bool before)
    {
        Action<IServiceCollection> code = services =>
        {
            services.Configure<DomainVerificationOptions>(options => options.Provider = "code");
            services.Configure<DomainVerificationOptions>("sending", options => options.Provider = "code");
            services.Configure<DomainVerificationWorkerOptions>(options => options.BatchSize = 7);
            services.Configure<DnsResolverOptions>(options => options.TriesPerServer = 3);
        };
        var services = Services(
            new()
            {
                ["DomainVerification:Provider"] = "file",
                ["DomainVerification:Profiles:sending:Provider"] = "file",
                ["DomainVerification:Profiles:sending:Scope"] = "Host",
                ["DomainVerification:Worker:BatchSize"] = "8",
                ["DomainVerification:Dns:TriesPerServer"] = "1",
            },
            before ? code : null,
            before ? null : code);

        Assert.Equal("code", Profile("", services).Provider);
        Assert.Equal("code", Profile("sending", services).Provider);
        Assert.Equal(ChallengeScope.Host, Profile("sending", services).Scope);
        Assert.Equal(7, services.GetRequiredService<IOptions<DomainVerificationWorkerOptions>>().Value.BatchSize);
        Assert.Equal(3, services.GetRequiredService<IOptions<DnsResolverOptions>>().Value.TriesPerServer);
    }

    [Fact]
    public void Builder_Code_WinsOverConfiguration()
    {
        var services = Services(
            new()
            {
                ["DomainVerification:Profiles:sending:Provider"] = "file",
                ["DomainVerification:Worker:BatchSize"] = "8",
                ["DomainVerification:Dns:TriesPerServer"] = "1",
            },
            null,
            services => services.AddDomainVerification()
                .AddProfile("sending", options => options.Provider = "code")
                .ConfigureWorker(options => options.BatchSize = 7)
                .ConfigureDns(options => options.TriesPerServer = 3));

        Assert.Equal("code", Profile("sending", services).Provider);
        Assert.Equal(7, services.GetRequiredService<IOptions<DomainVerificationWorkerOptions>>().Value.BatchSize);
        Assert.Equal(3, services.GetRequiredService<IOptions<DnsResolverOptions>>().Value.TriesPerServer);
    }

    [Fact]
    public void Lists_ConfigurationAndCode_AddUp()
    {
        var services = Services(
            new() { ["DomainVerification:DeniedDomains:0"] = "gmail.com" },
            null,
            services => services.AddDomainVerification(options => options.DeniedDomains.Add("gmx.de")));

        Assert.Equal(["gmail.com", "gmx.de"], Profile("", services).DeniedDomains);
    }

    [Fact]
    public void Lists_AssignedByCode_ReplaceConfiguration()
    {
        var services = Services(
            new()
            {
                ["DomainVerification:Methods:0"] = "DnsCname",
                ["DomainVerification:Keys:0:Id"] = "file",
                ["DomainVerification:DeniedDomains:0"] = "gmail.com",
                ["DomainVerification:Dns:Servers:0"] = "192.0.2.1",
            },
            services => services.AddDomainVerification(options =>
            {
                options.Methods = [ProofMethod.DnsTxt];
                options.Keys = [TestProfiles.Key("code")];
                options.DeniedDomains = ["gmx.de"];
            }).ConfigureDns(options => options.Servers = ["192.0.2.2"]));

        var options = Profile("", services);
        Assert.Equal([ProofMethod.DnsTxt], options.Methods);
        Assert.Equal("code", Assert.Single(options.Keys).Id);
        Assert.Equal(["gmx.de"], options.DeniedDomains);
        Assert.Equal(["192.0.2.2"], services.GetRequiredService<IOptions<DnsResolverOptions>>().Value.Servers);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public void Lists_EmptyInJson_CanBeExtendedByCode(string value)
    {
        var json = $"{{ \"DomainVerification\": {{ \"DeniedDomains\": {value}, \"Methods\": {value}, \"Keys\": {value} }} }}";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
        services.AddDomainVerification(options =>
        {
            options.DeniedDomains.Add("gmx.de");
            options.Methods.Add(ProofMethod.DnsTxt);
            options.Keys.Add(TestProfiles.Key("code"));
        });
        using var provider = services.BuildServiceProvider();

        Assert.Equal(["gmx.de"], Profile("", provider).DeniedDomains);
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("\"\"", true)]
    [InlineData("null", false)]
    public void Provisioners_EmptyInJson_AreNoneAndNotAll(string value, bool areNone)
    {
        var json = $"{{ \"DomainVerification\": {{ \"Provisioners\": {value} }} }}";
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build());
        services.AddDomainVerification();
        using var provider = services.BuildServiceProvider();

        Assert.Equal(areNone ? [] : null, Profile("", provider).Provisioners);
    }

    [Fact]
    public async Task Code_AddsItsKeyTwice_Starts()
    {
        static void Configure(DomainVerificationOptions options)
        {
            options.Token.Source = TokenSource.Derived;
            options.Keys.Add(TestProfiles.Key("k1"));
        }

        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddDomainVerification(Configure);
        builder.Services.AddDomainVerification(Configure);
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();
    }

    [Fact]
    public void NoConfiguration_Registered_GivesDefaults()
    {
        var collection = new ServiceCollection();
        collection.AddDomainVerification().AddProfile("sending");
        using var services = collection.BuildServiceProvider();

        Assert.Equal("domain-verification", Profile("", services).Provider);
        Assert.Equal("domain-verification", Profile("sending", services).Provider);
        Assert.True(services.GetRequiredService<IOptions<DomainVerificationWorkerOptions>>().Value.Enabled);
    }

    [Theory]
    [InlineData("Sending")]
    [InlineData("SENDING")]
    public async Task ProfileNames_DifferInCaseOnly_StopTheStart(string configured)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"DomainVerification:Profiles:{configured}:Provider"] = "acme-mail";
        builder.Services.AddDomainVerification().AddProfile("sending");
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Equal(
            $"DomainVerification:Profiles: the names '{configured}' and 'sending' differ only in case. "
            + "Write them alike in code and configuration.",
            exception.Message);
    }

    [Fact]
    public async Task ProfileNames_SameInCodeAndConfiguration_Start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["DomainVerification:Profiles:sending:Provider"] = "acme-mail";
        builder.Services.AddDomainVerification().AddProfile("sending").AddProfile("other");
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal("acme-mail", Profile("sending", host.Services).Provider);
    }

    private static ServiceProvider Services(
        Dictionary<string, string?> settings,
        Action<IServiceCollection>? before = null,
        Action<IServiceCollection>? after = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        before?.Invoke(services);
        services.AddDomainVerification();
        after?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static DomainVerificationOptions Profile(string name, IServiceProvider services) =>
        services.GetRequiredService<IOptionsMonitor<DomainVerificationOptions>>().Get(name);
}
