using DomainVerification.Email.Tests.Hosts;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Tests.Options;

public sealed class RegistrationTests
{
    [Fact]
    public async Task A_host_without_protection_for_keys_does_not_start_and_says_what_to_call()
    {
        using var host = Build(services => services.AddDomainVerification().AddEmailIdentities(Set));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.Contains("AddDataProtection", error.Message, StringComparison.Ordinal);
        Assert.Contains("UseKeyProtector", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_a_bad_option_does_not_start()
    {
        using var host = Build(services => Add(services).AddEmailIdentities());

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("DomainVerification:Email:MailFromMx", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_option_of_one_profile_stops_the_start()
    {
        using var host = Build(
            services => Add(services).AddEmailIdentities(Set).AddProfile("bulk"),
            ("DomainVerification:Profiles:bulk:Email:MailFromPriority", "99999"));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("DomainVerification:Profiles:bulk:Email:MailFromPriority", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DomainVerification:Email:MailFromMX2")]
    [InlineData("DomainVerification:Email:Marketing:Label")]
    [InlineData("DomainVerification:Email:Checks:Interval")]
    [InlineData("DomainVerification:Email:Regions:0:Title")]
    public async Task A_misspelt_option_stops_the_start(string key)
    {
        using var host = Build(services => Add(services).AddEmailIdentities(Set), (key, "x"));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains($"{key} is no option", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_all_it_needs_starts_and_adding_twice_is_adding_once()
    {
        using var host = Build(services => Add(services).AddEmailIdentities(Set).AddEmailIdentities());

        await host.StartAsync();
        await host.StopAsync();

        var hosted = host.Services.GetServices<IHostedService>().Select(service => service.GetType().Name).ToList();
        Assert.Single(hosted, "SendingIdentityWorker");
        Assert.Single(hosted, "EmailStartupValidation");
    }

    [Fact]
    public void Code_wins_over_configuration_and_a_profile_over_all()
    {
        using var host = Build(
            services => Add(services)
                .AddEmailIdentities(options => options.MailFromSpf = EmailWorld.Spf)
                .ConfigureEmailIdentities("bulk", options => options.MailFromPriority = 5),
            ("DomainVerification:Email:MailFromMx", "mx.mail.example"),
            ("DomainVerification:Email:MailFromSpf", "v=spf1 include:other.example ~all"),
            ("DomainVerification:Email:MailFromPriority", "20"),
            ("DomainVerification:Email:Regions:0:Id", "us-east-1"),
            ("DomainVerification:Email:Regions:0:Name", "US"),
            ("DomainVerification:Profiles:bulk:Email:MailFromMx", "bulk.mail.example"),
            ("DomainVerification:Profiles:bulk:Email:Regions:0:Id", "eu-west-1"),
            ("DomainVerification:Profiles:bulk:Email:Regions:0:Name", "EU"),
            ("DomainVerification:Profiles:bulk:Email:Checks:VerifiedInterval", "06:00:00"));
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<EmailIdentityOptions>>();

        var (common, bulk) = (monitor.Get(string.Empty), monitor.Get("bulk"));

        Assert.Equal(("mx.mail.example", EmailWorld.Spf, 20), (common.MailFromMx, common.MailFromSpf, common.MailFromPriority));
        Assert.Equal(("bulk.mail.example", EmailWorld.Spf, 5), (bulk.MailFromMx, bulk.MailFromSpf, bulk.MailFromPriority));
        Assert.Equal(["eu-west-1"], bulk.Regions.Select(region => region.Id));
        Assert.Equal(TimeSpan.FromHours(6), bulk.Checks.VerifiedInterval);
    }

    private static DomainVerificationBuilder Add(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        return services.AddDomainVerification();
    }

    private static void Set(EmailIdentityOptions options)
    {
        options.MailFromMx = EmailWorld.Mx;
        options.MailFromSpf = EmailWorld.Spf;
    }

    private static IHost Build(Action<IServiceCollection> add, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        add(builder.Services);
        return builder.Build();
    }
}
