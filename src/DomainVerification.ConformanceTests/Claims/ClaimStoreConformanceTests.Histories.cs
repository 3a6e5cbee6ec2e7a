using System.Globalization;
using System.Security.Cryptography;
using DomainVerification.ConformanceTests.Histories;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    /// <summary>The variable that holds the seed of a history which is to be run again, first of all.</summary>
    public const string HistorySeedVariable = "DOMAINVERIFICATION_HISTORY_SEED";

    /// <summary>
    /// The seed of the first history; the next ones follow it. What <see cref="HistorySeedVariable"/> holds, or a fresh one, unless
    /// overridden.
    /// </summary>
    protected virtual int HistorySeed =>
        int.TryParse(Environment.GetEnvironmentVariable(HistorySeedVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : RandomNumberGenerator.GetInt32(1_000_000_000);

    /// <summary>Whatever calls overlap, they answer as if they had come one after the other.</summary>
    [Contract(
        "Calls on a (profile, domain) that overlap answer as if they had come one after the other.",
        Where = "IClaimStore; ClaimCommitStatus")]
    public async Task EveryCall_InRandomHistories_AnswersAsIfInSomeOrder()
    {
        var stores = await InstancesAsync();
        var first = HistorySeed;
        var histories = Enumerable.Range(0, Histories).Select(number => new ClaimHistory(first + number, number)).ToArray();
        foreach (var some in histories.Chunk(100))
        {
            await PutAsync([.. some.SelectMany(history => history.Start)]);
        }

        var next = -1;
        var failures = await Concurrent.RunAsync(Math.Max(1, ParallelCallers / 4), async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < histories.Length)
            {
                if (await histories[number].RunAsync(stores) is { } failure)
                {
                    Interlocked.Add(ref next, histories.Length);
                    return $"{failure}\nTo run it first, set {HistorySeedVariable}={first + number}; its threads may meet in another way.";
                }
            }

            return null;
        });

        Assert.True(failures.All(failure => failure is null), failures.FirstOrDefault(failure => failure is not null));
    }
}
