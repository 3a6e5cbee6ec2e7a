using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tests.Claims;

public class ClaimModelTests
{
    private const int Sequences = 100_000;

    /// <summary>The commands in the proportions in which they are drawn, so that many claims come to be held.</summary>
    private static readonly ModelCommand[] Commands =
    [
        .. All(ModelAction.Request, 4),
        .. All(ModelAction.Publish, 4),
        .. All(ModelAction.Unpublish, 1),
        .. All(ModelAction.Verify, 3),
        .. All(ModelAction.Claim, 3),
        .. All(ModelAction.Confirm, 3),
        .. All(ModelAction.Unclaim, 1),
        .. All(ModelAction.Unverify, 1),
        .. All(ModelAction.Cancel, 1),
        .. All(ModelAction.Rotate, 1),
        .. All(ModelAction.Pass, 2),
        .. All(ModelAction.Work, 1),
    ];

    [Fact]
    public async Task AnySequenceOfCommands_DoesWhatTheModelSays()
    {
        await using var parts = new ClaimWorld(options =>
        {
            options.ChallengeLifetime = ClaimModel.Lifetime;
            options.ProofFreshness = ClaimModel.Freshness;
        });
        var settings = new Settings(new DomainVerificationWorkerOptions { Concurrency = 1 });
        var sequences = Arb.From(Gen.Choose(1, 16).SelectMany(length => Gen.Elements(Commands).ArrayOf(length)), Shorter);

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

    private static IEnumerable<ModelCommand> All(ModelAction action, int weight) =>
        from owner in Enumerable.Range(0, 3)
        from domain in Enumerable.Range(0, 2)
        from _ in Enumerable.Range(0, weight)
        select new ModelCommand(action, owner, domain);

    /// <summary>Options that never change; a substitute would remember each of the million times that it was asked.</summary>
    private sealed class Settings(DomainVerificationWorkerOptions value) : IOptionsMonitor<DomainVerificationWorkerOptions>
    {
        public DomainVerificationWorkerOptions CurrentValue => value;

        public DomainVerificationWorkerOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<DomainVerificationWorkerOptions, string?> listener) => null;
    }
}
