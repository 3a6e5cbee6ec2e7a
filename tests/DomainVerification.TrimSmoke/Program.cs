using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using DomainVerification;
using DomainVerification.Email;
using DomainVerification.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Publishing this app trimmed, or compiled ahead of time, must give no warning, and it must still claim a domain: dependency injection, the
// binding of configuration, the public suffix list, the DNS codec and the sockets all depend on code that a trimmer could take away.
const string Domain = "bücher.example.com";
const int Many = 100;
var world = new DnsWorld();
await using var server = LoopbackDnsServer.Start(world);

var builder = Host.CreateApplicationBuilder(args);
builder.Configuration["DomainVerification:Provider"] = "trimmed";
builder.Configuration["DomainVerification:Email:MailFromMx"] = "bounces.mail.example";
builder.Configuration["DomainVerification:Email:MailFromSpf"] = "v=spf1 ip4:192.0.2.1 -all";
builder.Services.AddDomainVerification()
    .ConfigureDns(options => options.Servers = [server.Endpoint.ToString()])
    .AddClaimEventHandler<Counter>("counter")
    .AddEmailIdentities()
    .UseKeyProtector<AesKeyProtector>()
    .ConfigureWorker(options => options.PollInterval = TimeSpan.FromMilliseconds(100));
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

ProofRequest request = new()
{
    Domain = claimed.RequireClaim().Domain,
    Record = claimed.RequireClaim().Challenge.Record,
    Token = new TokenMatcher(host.Services.GetRequiredService<ITokenIssuer>(), claimed.RequireClaim()),
};
var checker = host.Services.GetRequiredService<IDnsProofChecker>();
var reports = await checker.CheckAllAsync([.. Enumerable.Repeat(request, Many)], maxInFlight: Many / 2, CancellationToken.None);
Expect(reports.Count == Many && reports.All(report => report.Outcome == ProofOutcome.Proved), "a batch proves it again");

using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
while ((await manager.GetAsync(claim, patience.Token)).RequireClaim().Status != ClaimStatus.Claimed || Counter.Heard < 4)
{
    await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
}

var identities = host.Services.GetRequiredService<ISendingIdentities>();
var made = (await identities.ListAsync(claim)).Identities;
Expect(made.Count == 2, "a marketing and a transactional identity are made");
var plan = await identities.PlanAsync(claim);
Expect(plan!.ToJson().Contains(made[0].Id, StringComparison.Ordinal), "the plan is written as JSON");

await host.StopAsync();
Console.WriteLine($"The app claimed a domain, {(RuntimeFeature.IsDynamicCodeSupported ? "trimmed" : "compiled ahead of time")}.");

static void Expect(bool condition, string what)
{
    if (!condition)
    {
        throw new InvalidOperationException($"Expected that {what}.");
    }
}

/// <summary>Counts what it hears.</summary>
internal sealed class Counter : IClaimEventHandler
{
    public static int Heard { get; private set; }

    public Task HandleAsync(ClaimEvent claimEvent, CancellationToken cancellationToken)
    {
        Heard++;
        return Task.CompletedTask;
    }
}

/// <summary>Encrypts the private keys with a key of this process, bound to whose they are.</summary>
internal sealed class AesKeyProtector : IKeyProtector
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> privateKey, KeyProtectionContext context, CancellationToken cancellationToken)
    {
        using var aes = new AesGcm(_key, 16);
        var sealedKey = new byte[12 + 16 + privateKey.Length];
        RandomNumberGenerator.Fill(sealedKey.AsSpan(0, 12));
        aes.Encrypt(sealedKey.AsSpan(0, 12), privateKey.Span, sealedKey.AsSpan(28), sealedKey.AsSpan(12, 16), Whose(context));
        return ValueTask.FromResult(sealedKey);
    }

    public ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> protectedKey, KeyProtectionContext context, CancellationToken cancellationToken)
    {
        using var aes = new AesGcm(_key, 16);
        var key = new byte[protectedKey.Length - 28];
        aes.Decrypt(protectedKey.Span[..12], protectedKey.Span[28..], protectedKey.Span[12..28], key, Whose(context));
        return ValueTask.FromResult(key);
    }

    private static byte[] Whose(KeyProtectionContext context) => Encoding.UTF8.GetBytes(context.ToString());
}
