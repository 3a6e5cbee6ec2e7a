using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tests.Options;

/// <summary>Configuration that means nothing stops the start, and says which key, and what is known or allowed.</summary>
public class SectionCheckTests
{
    [Theory]
    [InlineData("Takeovr", "Takeover")]
    [InlineData("Workers", "Worker")]
    [InlineData("Token:Bit", "Bits")]
    [InlineData("Recheck:Growht", "Growth")]
    [InlineData("Keys:0:Name", "Id, Secret")]
    [InlineData("Worker:Poll", "PollInterval")]
    [InlineData("CheckLimits:PerTenant", "PerOwner")]
    [InlineData("Dns:Server", "Servers")]
    [InlineData("Http:Proxy", "ConnectTimeout, Deadline, Retries")]
    [InlineData("Files:Url", "Scheme, Path, TrustOneHostForAllSubdomains")]
    [InlineData("Profiles:sending:Takeovr", "Takeover")]
    [InlineData("Profiles:sending:Worker", "Takeover")]
    [InlineData("Profiles:sending:Token:Bit", "Bits")]
    public async Task UnknownKey_StopsTheStartAndNamesKeyAndKnownOnes(string key, string known)
    {
        var message = await StartFailsAsync(key, "Never");

        Assert.StartsWith($"DomainVerification:{key} is no option.", message, StringComparison.Ordinal);
        Assert.Contains(known, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Takeover", "Nevr", "'Nevr' but must be one of ByProof, Never, RefuseRequests, RefuseProofs.")]
    [InlineData("Takeover", "", "'' but must be one of ByProof, Never, RefuseRequests, RefuseProofs.")]
    [InlineData("Methods:0", "Http", "'Http' but must be one of DnsTxt, DnsCname, HttpFile.")]
    [InlineData("ChallengeLifetime", "7 days", "'7 days' but must be a time span as [days.]hours:minutes:seconds, such as 1.12:00:00.")]
    [InlineData("AllowPrivateSuffixes", "yes", "'yes' but must be true or false.")]
    [InlineData("Recheck:MaximumTries", "many", "'many' but must be a whole number.")]
    [InlineData("Profiles:sending:Recheck:Growth", "1,25x", "'1,25x' but must be a number with a decimal point.")]
    [InlineData("Worker:PollInterval", "5s", "'5s' but must be a time span as [days.]hours:minutes:seconds, such as 1.12:00:00.")]
    [InlineData("Dns:Transport", "Tls", "'Tls' but must be one of UdpThenTcp, TcpOnly.")]
    [InlineData(
        "DeniedDomains",
        "gmail.com",
        "one value but must be a list, such as DomainVerification:DeniedDomains:0.")]
    [InlineData("Keys", "a secret", "one value but must be a list, such as DomainVerification:Keys:0.")]
    public async Task BadValue_StopsTheStartAndNamesKeyValueAndWhatIsAllowed(string key, string value, string expected) =>
        Assert.Equal($"DomainVerification:{key} is {expected}", await StartFailsAsync(key, value));

    [Fact]
    public async Task PartsOfAValue_StopTheStart() =>
        Assert.Equal(
            "DomainVerification:Takeover:Rule is no option, since DomainVerification:Takeover is one value.",
            await StartFailsAsync("Takeover:Rule", "Never"));

    [Fact]
    public async Task SeveralFaults_AreAllSaid()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["DomainVerification:Takeovr"] = "Never";
        builder.Configuration["DomainVerification:Scope"] = "Galaxy";
        builder.Services.AddDomainVerification();
        using var host = builder.Build();

        Assert.Equal(2, (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures.Count());
    }

    [Fact]
    public async Task KeysAndValuesInAnyCase_AreTaken()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["DOMAINVERIFICATION:TAKEOVER"] = "never";
        builder.Configuration["DOMAINVERIFICATION:WORKER:ENABLED"] = "FALSE";
        builder.Configuration["DOMAINVERIFICATION:DNS:SERVERS:0"] = "192.0.2.53";
        builder.Services.AddDomainVerification();
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();

        Assert.Equal(TakeoverRule.Never, host.Services.GetRequiredService<IOptions<DomainVerificationOptions>>().Value.Takeover);
    }

    private static async Task<string> StartFailsAsync(string key, string value)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"DomainVerification:{key}"] = value;
        builder.Services.AddDomainVerification();
        using var host = builder.Build();
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Message;
    }
}
