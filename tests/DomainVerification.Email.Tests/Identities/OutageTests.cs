using DomainVerification.Dns;
using DomainVerification.Email.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Email.Tests.Identities;

/// <summary>Calls that end in the middle: nothing is half done, and the next call is as if the first had not been.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task A_resolver_that_throws_leaves_everything_as_it_was()
    {
        await using var world = new EmailWorld(resolver: new BrokenResolver(_ => throw new IOException("No socket.")));
        var (_, reference, _) = await world.SettleAsync();

        await Assert.ThrowsAsync<IOException>(() => world.Identities.VerifyAsync(reference));

        Assert.Equal(1, world.Records.All[0].Version);
    }

    [Fact]
    public async Task A_verify_that_is_cancelled_leaves_everything_as_it_was()
    {
        using var cancellation = new CancellationTokenSource();
        await using var world = new EmailWorld(resolver: new BrokenResolver(token =>
        {
            cancellation.Cancel();
            token.ThrowIfCancellationRequested();
        }));
        var (_, reference, _) = await world.SettleAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => world.Identities.VerifyAsync(reference, cancellation.Token));

        Assert.Equal(1, world.Records.All[0].Version);
    }

    [Theory]
    [InlineData("find")]
    [InlineData("save")]
    public async Task An_outage_during_a_rotation_starts_none(string call)
    {
        await using var world = new EmailWorld();
        var (claim, reference, identities) = await world.SettleAsync();
        var calls = 0;
        world.Records.Before = (name, _) => name == call && (call == "save" || ++calls > 1)
            ? throw new IOException("The medium is gone.")
            : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => world.Identities.RotateKeyAsync(reference, identities[0].Id));

        world.Records.Before = null;
        Assert.Single((await world.ReadAsync(claim, identities[0].Id)).Selectors);
        Assert.Equal(ClaimResultStatus.Done, (await world.Identities.RotateKeyAsync(reference, identities[0].Id)).Status);
    }

    [Fact]
    public async Task A_protector_that_is_down_is_an_outage_and_no_unreadable_key()
    {
        await using var world = new EmailWorld(shape: builder => builder.UseKeyProtector<NoWayBack>());
        var (_, reference, identities) = await world.SettleAsync();
        world.Publish(identities);
        await world.Identities.VerifyAsync(reference);

        await Assert.ThrowsAsync<TimeoutException>(() => world.Identities.GetSigningKeyAsync(reference, identities[0].Id));
    }

    private sealed class BrokenResolver(Action<CancellationToken> fail) : IDnsResolver
    {
        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            fail(cancellationToken);
            throw new InvalidOperationException("It did not fail.");
        }
    }

    private sealed class NoWayBack : IKeyProtector
    {
        public ValueTask<byte[]> ProtectAsync(
            ReadOnlyMemory<byte> privateKey,
            KeyProtectionContext context,
            CancellationToken cancellationToken) =>
            ValueTask.FromResult(privateKey.ToArray());

        public ValueTask<byte[]> UnprotectAsync(
            ReadOnlyMemory<byte> protectedKey,
            KeyProtectionContext context,
            CancellationToken cancellationToken) =>
            throw new TimeoutException("The vault does not answer.");
    }
}
