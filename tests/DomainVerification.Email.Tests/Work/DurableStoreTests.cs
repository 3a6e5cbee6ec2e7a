using DomainVerification.Email.Tests.Hosts;
using DomainVerification.EntityFrameworkCore;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Email.Tests.Work;

/// <summary>Identities in a database, with a key ring on disk: a second process goes on where the first ended.</summary>
public sealed class DurableStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-");

    [Fact]
    public async Task Another_process_reads_signs_and_rotates()
    {
        await using var world = new EmailWorld();
        var claim = await world.HoldAsync();
        string id;
        await using (var first = Process(world))
        {
            await using (var scope = first.CreateAsyncScope())
            {
                await scope.ServiceProvider.GetRequiredService<DomainVerificationDbContext>().Database.EnsureCreatedAsync();
            }

            await first.GetRequiredService<IClaimStore>().CommitAsync(new ClaimCommit { Claims = [claim] }, default);
            var made = await first.GetRequiredKeyedService<IIdentityProvisioner>("email").ProvisionAsync(world.Request(claim), default);
            id = made.Identities[0].Id;
            var reference = ClaimReference.To(claim);
            world.Publish((await first.GetRequiredService<ISendingIdentities>().ListAsync(reference)).Identities);
        }

        await using var second = Process(world);
        var identities = second.GetRequiredService<ISendingIdentities>();
        var verified = await identities.VerifyAsync(ClaimReference.To(claim));
        using var key = (await identities.GetSigningKeyAsync(ClaimReference.To(claim), id)).Key;
        var rotation = await identities.RotateKeyAsync(ClaimReference.To(claim), id);
        await second.GetRequiredKeyedService<IIdentityProvisioner>("email").ReleaseAsync(world.Request(claim), default);

        Assert.All(verified.Identities, identity => Assert.Equal(SendingStatus.Verified, identity.Status));
        Assert.NotNull(key);
        Assert.Equal(ClaimResultStatus.Done, rotation.Status);
        Assert.Empty((await identities.ListAsync(ClaimReference.To(claim))).Identities);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private ServiceProvider Process(EmailWorld world)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(world.Clock);
        services.AddDataProtection().PersistKeysToFileSystem(_folder.CreateSubdirectory("keys")).SetApplicationName("mail");
        services.AddDomainVerification()
            .UseEntityFrameworkCoreStore(options => options.UseSqlite(
                $"Data Source={Path.Combine(_folder.FullName, "claims.db")};Pooling=False"))
            .UseDnsResolver(world.Resolver)
            .AddEmailIdentities(options =>
            {
                options.MailFromMx = EmailWorld.Mx;
                options.MailFromSpf = EmailWorld.Spf;
            });
        return services.BuildServiceProvider();
    }
}
