using System.Diagnostics;
using System.Globalization;
using DomainVerification.Kill.Host.Killing;
using DomainVerification.Kill.Tests.Processes;
using Xunit.Abstractions;

namespace DomainVerification.Kill.Tests;

/// <summary>Real processes under load are killed, and so is their database: no promise may break.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const string RunsVariable = "DOMAINVERIFICATION_KILL_RUNS";
    private const string SeedVariable = "DOMAINVERIFICATION_KILL_SEED";
    private const int DefaultRuns = 60;
    private const int RunsBetweenInspections = 20;

    [PostgresFact]
    public async Task Processes_KilledAtEveryStepAndAtRandom_KeepEveryPromise()
    {
        var runs = Read(RunsVariable) ?? DefaultRuns;
        var seed = Read(SeedVariable) ?? Environment.TickCount % 100_000;
        var random = new Random(seed);
        output.WriteLine($"{runs} kill runs with {SeedVariable}={seed}");
        var started = Stopwatch.StartNew();
        await using var group = await HostGroup.StartAsync(seed);
        foreach (var (number, step) in Plan(runs).Index())
        {
            if (step is null)
            {
                await group.KillAtRandomAsync(random);
            }
            else
            {
                await group.KillAtAsync(step, random);
            }

            if (number == runs / 2)
            {
                await group.CrashServerAsync();
            }

            if ((number + 1) % RunsBetweenInspections == 0 || number == runs - 1)
            {
                await InspectAsync(group, number + 1, started.Elapsed);
            }
        }
    }

    private async Task InspectAsync(HostGroup group, int runs, TimeSpan elapsed)
    {
        var snapshot = await group.InspectAsync();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{elapsed.TotalSeconds,6:F1} s: {runs} kill runs, {snapshot.Claims.Count} claims, {snapshot.Events.Count} events, "
            + $"{snapshot.Acknowledged.Count} acknowledged, {snapshot.Identities.Count} identities, {snapshot.Notices.Count} notices"));
        var violations = snapshot.FindViolations();
        Assert.True(violations.Count == 0, $"{violations.Count} promises broken:\n{string.Join('\n', violations.Take(20))}");
    }

    /// <summary>Every step once, then kills at random moments, and so on; null is a random moment.</summary>
    private static IEnumerable<string?> Plan(int runs)
    {
        var random = Enumerable.Repeat<string?>(null, KillSteps.All.Count / 2);
        var cycle = KillSteps.All.Concat(random).ToList();
        return Enumerable.Range(0, runs).Select(run => cycle[run % cycle.Count]);
    }

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
