using System.Net;
using DomainVerification.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Docs.Tests;

/// <summary>What docs/file-proofs.md shows.</summary>
public sealed class SnippetsFiles
{
    internal static void Register(WebApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification(options =>
        {
            options.Provider = "contoso";
            options.Methods = [ProofMethod.DnsTxt, ProofMethod.HttpFile];     // the first one where a request names none
        });
    }

    [Fact]
    public async Task Customer_PutsTheFile_IsVerified()
    {
        await using var web = LoopbackWebServer.Start();
        var dns = new DnsWorld();
        dns.Zone("acme.com").Address("@", IPAddress.Parse("9.9.9.9"));      // any public address: no packet goes there
        var services = new ServiceCollection();
        services.AddDomainVerification(options => options.Methods = [ProofMethod.HttpFile])
            .UseDnsResolver(new InMemoryDnsResolver(dns))
            .RouteFileChecksToLoopbackForTesting(web.HttpPort, web.HttpsPort);
        await using var provider = services.BuildServiceProvider();
        var claims = provider.GetRequiredService<IDomainClaimManager>();
        var request = await claims.RequestAsync(new ClaimRequest("acme", "acme.com"));
        var claim = ClaimReference.To(request.RequireClaim());

        web.Faults.Add(WebFault.Status(403).Once());
        Assert.Equal("wrong_status", (await claims.VerifyAsync(claim)).Report!.Diagnosis.Code);

        web.Put(request.Instructions!.File!);
        Assert.Equal(ClaimStatus.Verified, (await claims.VerifyAsync(claim)).RequireClaim().Status);
        Assert.Equal("acme.com", web.Requests[^1].Host);
    }
}
