using DomainVerification.Dns;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;
using Library = global::DnsClient;

namespace DomainVerification.DnsClient.Tests;

public class UseDnsClientTests
{
    [Fact]
    public void UseDnsClient_HostWithoutAClient_MakesOneWithoutCache()
    {
        ServiceCollection services = new();
        services.AddDomainVerification().UseDnsClient();

        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.IsType<DnsClientResolver>(provider.GetRequiredService<IDnsResolver>());
        Assert.False(provider.GetRequiredService<Library.ILookupClient>().Settings.UseCache);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UseDnsClient_HostWithAClient_AsksThroughIt(bool isRegistered)
    {
        DnsWorld world = new();
        world.Zone("acme.example").Txt("_x", "token=abc");
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(world);
        Library.LookupClient client = new(server.Endpoint);
        ServiceCollection services = new();
        DomainVerificationBuilder builder = services.AddDomainVerification();
        if (isRegistered)
        {
            services.AddSingleton<Library.ILookupClient>(client);
        }

        _ = isRegistered ? builder.UseDnsClient() : builder.UseDnsClient(client);
        await using ServiceProvider provider = services.BuildServiceProvider();

        DnsLookup lookup = await provider.GetRequiredService<IDnsResolver>()
            .ResolveAsync(new DnsQuestion(DnsName.Parse("_x.acme.example"), DnsRecordType.TXT), CancellationToken.None);

        Assert.Equal(DnsLookupStatus.Answered, lookup.Status);
        Assert.Single(server.Queries);
    }

    [Fact]
    public void UseDnsClient_CalledTwice_LeavesOneResolver()
    {
        ServiceCollection services = new();
        services.AddDomainVerification().UseDnsClient().UseDnsClient();

        Assert.Single(services, service => service.ServiceType == typeof(IDnsResolver));
        Assert.Single(services, service => service.ServiceType == typeof(Library.ILookupClient));
    }
}
