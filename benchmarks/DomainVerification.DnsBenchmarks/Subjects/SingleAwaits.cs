using System.Diagnostics;
using DomainVerification.DnsBenchmarks.Measuring;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>One awaited call for each name, by as many workers as calls are to be under way.</summary>
internal sealed class SingleAwaits<TAnswer>(IAsker<TAnswer> asker) : IClient
{
    public async Task RunAsync(int queries, int inFlight, Tally tally)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(WorkAsync)));

        async Task WorkAsync()
        {
            while (Interlocked.Increment(ref next) is var index && index < queries)
            {
                var asked = Stopwatch.GetTimestamp();
                bool? isRight = null;
                try
                {
                    isRight = asker.IsRight(index, await asker.AskAsync(index));
                }
                catch (Exception error) when (asker.IsLoss(error))
                {
                }

                tally.Note(index, isRight, Stopwatch.GetElapsedTime(asked));
            }
        }
    }
}
