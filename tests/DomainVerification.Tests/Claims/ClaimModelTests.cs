using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tests.Claims;

public class ClaimModelTests
{
    private const int Sequences = 100_000;

    /// <summary>The actions in the proportions in which they are drawn, so that many claims come to be held and given up.</summary>
    private static readonly ModelAction[] Actions =
    [
        .. Enumerable.Repeat(ModelAction.Request, 4),
        .. Enumerable.Repeat(ModelAction.Publish, 4),
        ModelAction.Unpublish,
        .. Enumerable.Repeat(ModelAction.Verify, 3),
        .. Enumerable.Repeat(ModelAction.Claim, 3),
        .. Enumerable.Repeat(ModelAction.Confirm, 3),
        .. Enumerable.Repeat(ModelAction.Unclaim, 2),
        .. Enumerable.Repeat(ModelAction.Unverify, 2),
        ModelAction.Cancel,
        ModelAction.Rotate,
        .. Enumerable.Repeat(ModelAction.Pass, 2),
        .. Enumerable.Repeat(ModelAction.Work, 3),
    ];

    /// <summary>
    /// A sequence has a claim of its own, which every second command is about: commands spread evenly over all claims would hardly ever
    /// take one of them through its whole life.
    /// </summary>
    private static readonly Gen<ModelCommand[]> Sequence =
        from owner in Gen.Choose(0, 2)
        from domain in Gen.Choose(0, 1)
        from length in Gen.Choose(1, 24)
        from commands in Command(owner, domain).ArrayOf(length)
        select commands;

    [Fact]
    public async Task AnySequenceOfCommands_DoesWhatTheModelSays()
    {
        await using var parts = new ClaimWorld(
            options =>
            {
                options.ChallengeLifetime = ClaimModel.Lifetime;
                options.ProofFreshness = ClaimModel.Freshness;
                options.MaximumPendingClaims = 0;
            },
            build => build.ConfigureCheckLimits(limits => limits.PerDomain = limits.PerOwner = limits.Total = 0));
        var settings = new Settings(new DomainVerificationWorkerOptions { Concurrency = 1 });
        var sequences = Arb.From(Sequence, Shorter);

        // A failure prints the seed; Config.WithReplay takes it.
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Sequences),
            Prop.ForAll(sequences, commands => Holds(parts, settings, commands)));
    }

    private static bool Holds(ClaimWorld parts, IOptionsMonitor<DomainVerificationWorkerOptions> settings, ModelCommand[] commands)
    {
        var failure = FirstFailureAsync(new ModelWorld(parts, settings), commands).GetAwaiter().GetResult();
        return failure is null ? true : throw new InvalidOperationException(failure);
    }

    private static async Task<string?> FirstFailureAsync(ModelWorld world, ModelCommand[] commands)
    {
        var model = new ClaimModel();
        foreach (var command in commands)
        {
            var (expected, actual) = (model.Do(command), await world.DoAsync(command));
            if (expected != actual)
            {
                return $"{command} gave {actual ?? "no error"} and not {expected ?? "no error"}";
            }

            if (await DifferenceAsync(world, model, command) is { } difference)
            {
                return $"After {command} {difference}";
            }
        }

        return await world.BrokenTrailAsync();
    }

    /// <summary>A command of an owner touches its own domain only; the worker touches both.</summary>
    private static async Task<string?> DifferenceAsync(ModelWorld world, ClaimModel model, ModelCommand command) => command.Action switch
    {
        ModelAction.Publish or ModelAction.Unpublish or ModelAction.Pass => null,
        ModelAction.Work => await world.DifferenceAsync(model, 0) ?? await world.DifferenceAsync(model, 1),
        _ => await world.DifferenceAsync(model, command.Domain),
    };

    private static IEnumerable<ModelCommand[]> Shorter(ModelCommand[] commands) =>
        Enumerable.Range(0, commands.Length).Select(left => commands.Where((_, index) => index != left).ToArray());

    private static Gen<ModelCommand> Command(int owner, int domain) =>
        from action in Gen.Elements(Actions)
        from own in Gen.Elements(true, false)
        from otherOwner in Gen.Choose(0, 2)
        from otherDomain in Gen.Choose(0, 1)
        select own ? new ModelCommand(action, owner, domain) : new ModelCommand(action, otherOwner, otherDomain);

    /// <summary>Options that never change; a substitute would remember each of the million times that it was asked.</summary>
    private sealed class Settings(DomainVerificationWorkerOptions value) : IOptionsMonitor<DomainVerificationWorkerOptions>
    {
        public DomainVerificationWorkerOptions CurrentValue => value;

        public DomainVerificationWorkerOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<DomainVerificationWorkerOptions, string?> listener) => null;
    }
}
