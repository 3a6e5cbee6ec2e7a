using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using DomainVerification.Simulation.Tests.World;
using Xunit.Abstractions;

namespace DomainVerification.Simulation.Tests;

/// <summary>
/// The product on a virtual clock, with faults before and after every await. <c>docs/simulation.md</c> tells how to run more of it, and how
/// to repeat one run.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output) : IDisposable
{
    private const string StepsVariable = "DOMAINVERIFICATION_SIMULATION_STEPS";
    private const string SeedVariable = "DOMAINVERIFICATION_SIMULATION_SEED";
    private const long DefaultSteps = 1_000_000;
    private const int StepsOfARun = 2_000;
    private const ulong FirstSeed = 1;

    private readonly SimulationParts _parts = new();

    [Fact]
    public void Runs_OfManySeeds_BreakNoRule() => OnOneThread(() =>
    {
        if (Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } text)
        {
            Replay(ulong.Parse(text, CultureInfo.InvariantCulture));
            return;
        }

        var wanted = long.Parse(Environment.GetEnvironmentVariable(StepsVariable) ?? $"{DefaultSteps}", CultureInfo.InvariantCulture);
        var started = Stopwatch.GetTimestamp();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var steps = 0L;
        var seed = FirstSeed;
        for (; steps < wanted; seed++)
        {
            var run = Run(seed);
            if (run.Violation is not null)
            {
                Replay(seed);
            }

            steps += run.Steps;
            foreach (var (what, times) in run.Ledger.Counts.Concat(run.Strikes))
            {
                counts[what] = counts.GetValueOrDefault(what) + times;
            }
        }

        output.WriteLine($"seeds {FirstSeed} to {seed - 1}: {steps} steps in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        output.WriteLine(string.Join(", ", counts.Select(item => $"{item.Key} {item.Value}")));
        string[] expected =
        [
            .. typeof(ClaimEventTypes).GetFields().Select(field => (string)field.GetRawConstantValue()!),
            "crash", "fault before", "fault after", "done after the crash", "done after the lease", "hang", "lie", "provisioner is down",
            "leftover token", "approved takeover", "told again", "dead notice", "decision: review_stale", "decision: reviewer_is_party",
            "undo: undo_not_possible", "undo: reviewer_is_party", Ledger.LateRelease,
        ];
        Assert.Empty(expected.Except(counts.Keys));
    });

    [Fact]
    public void Run_SameSeedTwice_IsTheSameToTheLastStep() => OnOneThread(() =>
    {
        for (var seed = FirstSeed; seed < FirstSeed + 10; seed++)
        {
            var first = Run(seed);
            var second = Run(seed, keepsLines: true);

            Assert.Equal((first.Steps, first.Trace.Hash), (second.Steps, second.Trace.Hash));
        }
    });

    [Fact]
    public void Run_AnotherSeed_IsAnotherRun() => OnOneThread(() => Assert.NotEqual(Run(1).Trace.Hash, Run(2).Trace.Hash));

    public void Dispose() => _parts.Dispose();

    private SimulationRun Run(ulong seed, bool keepsLines = false)
    {
        var simulation = new SimulationRun(seed, _parts, keepsLines);
        simulation.Run(StepsOfARun);
        return simulation;
    }

    /// <summary>Runs one seed and shows all that happens; fails where it breaks a rule.</summary>
    private void Replay(ulong seed)
    {
        var run = Run(seed, keepsLines: true);
        output.WriteLine(string.Join('\n', run.Trace.Lines));
        Assert.True(
            run.Violation is null,
            $"Seed {seed}, step {run.Steps}: {run.Violation}\n"
            + $"Repeat it with: {SeedVariable}={seed} dotnet test tests/DomainVerification.Simulation.Tests");
    }

    /// <summary>
    /// Runs on a thread that has no synchronization context and no scheduler, so that every continuation runs where it is.
    /// </summary>
    private static void OnOneThread(Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
