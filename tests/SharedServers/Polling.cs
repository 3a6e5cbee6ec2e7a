using System.Diagnostics;

namespace DomainVerification.Tests.Servers;

/// <summary>Waiting for something that another process does.</summary>
internal static class Polling
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Only a test that fails waits so long, or one on a machine that has much else to do.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Asks until the answer pleases.</summary>
    /// <exception cref="TimeoutException">It did not in time; the message is <paramref name="explain"/>'s.</exception>
    internal static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> pleases, Func<T, string> explain)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (pleases(answer))
            {
                return answer;
            }

            if (started.Elapsed > Deadline)
            {
                throw new TimeoutException(explain(answer));
            }

            await Task.Delay(Pause);
        }
    }
}
