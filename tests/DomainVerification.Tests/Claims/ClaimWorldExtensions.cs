using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DomainVerification.Tests.Claims;

/// <summary>What the tests of the workflow ask of a world again and again.</summary>
internal static class ClaimWorldExtensions
{
    public const string Domain = "acme.example";

    /// <summary>Puts a part of the test in the place of the SDK's own.</summary>
    public static DomainVerificationBuilder Use<T>(this DomainVerificationBuilder builder, Func<IServiceProvider, T> part)
        where T : class
    {
        builder.Services.Replace(ServiceDescriptor.Singleton(part));
        return builder;
    }

    /// <summary>A world whose checker is scripted.</summary>
    public static DomainVerificationBuilder UseScript(this DomainVerificationBuilder builder) =>
        builder.Use<IDnsProofChecker>(services => new ScriptedProofChecker(services.GetRequiredService<TimeProvider>()));

    public static ScriptedProofChecker Script(this ClaimWorld world) => (ScriptedProofChecker)world.Get<IDnsProofChecker>();

    /// <summary>The claim as the store has it now.</summary>
    public static async Task<DomainClaim> NowAsync(this ClaimWorld world, DomainClaim claim) =>
        await world.Store.FindAsync(claim.Id, default) ?? throw new InvalidOperationException("The claim is gone.");

    public static async Task<DomainClaim?> HolderAsync(this ClaimWorld world, string domain = Domain) =>
        (await world.Store.FindHoldingAsync(string.Empty, DomainName.Parse(domain), default)).Holder;

    /// <summary>The only dead letter.</summary>
    public static async Task<ClaimWork> DeadLetterAsync(this ClaimWorld world) =>
        Assert.Single((await world.Store.ListWorkAsync(new WorkQuery { IsDead = true }, default)).Work);

    /// <summary>The types of a claim's events, oldest first.</summary>
    public static async Task<string> TrailAsync(this ClaimWorld world, DomainClaim claim) =>
        string.Join(' ', (await world.Store.ListEventsAsync(claim.Id, default)).Select(entry => entry.Type));

    /// <summary>Runs a call that must be refused, and sees that it changed nothing.</summary>
    public static async Task RefusedAsync(
        this ClaimWorld world,
        string code,
        ClaimResultStatus status,
        Func<IDomainClaimManager, Task<ClaimResult>> call)
    {
        var before = await world.Store.SnapshotAsync();

        var result = await call(world.Manager);

        Assert.Equal((code, status), (result.Error?.Code, result.Status));
        Assert.Null(result.Instructions);
        Assert.Equal(before, await world.Store.SnapshotAsync());
    }

    public static Task RefusedAsync(this ClaimWorld world, string code, Func<IDomainClaimManager, Task<ClaimResult>> call) =>
        world.RefusedAsync(code, ClaimResultStatus.Refused, call);
}
