using DomainVerification;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Publishing this app trimmed must give no warning, and the trimmed app must still claim a domain: dependency injection, the binding of
// configuration, the public suffix list and the DNS codec all depend on code that a trimmer could take away.
const string Domain = "bücher.example.com";
var world = new DnsWorld();

var builder = Host.CreateApplicationBuilder(args);
builder.Configuration["DomainVerification:Provider"] = "trimmed";
builder.Services.AddDomainVerification().UseDnsResolver(new InMemoryDnsResolver(world));
using var host = builder.Build();
await host.StartAsync();
var manager = host.Services.GetRequiredService<IDomainClaimManager>();

var suffix = await manager.RequestAsync(new ClaimRequest("tenant", "co.uk"));
Expect(suffix.Error is not null, "a public suffix is refused");

var requested = await manager.RequestAsync(new ClaimRequest("tenant", Domain));
var claim = ClaimReference.To(requested.RequireClaim());
var instructions = requested.Instructions!;
Expect(instructions.RecordName.StartsWith("_trimmed", StringComparison.Ordinal), "configuration was bound");

var early = await manager.VerifyAsync(claim);
Expect(early.Error?.Code == DomainVerificationErrorCodes.ProofNotFound, "nothing is proved before the record is published");

world.Zone(instructions.Zone.Value).Txt(instructions.RelativeName, instructions.RecordValue);
var claimed = await manager.ConfirmAsync(claim);
Expect(claimed.RequireClaim().Status.Holds, "the proved domain is held");

await host.StopAsync();
Console.WriteLine("The trimmed app claimed a domain.");

static void Expect(bool condition, string what)
{
    if (!condition)
    {
        throw new InvalidOperationException($"Expected that {what}.");
    }
}
