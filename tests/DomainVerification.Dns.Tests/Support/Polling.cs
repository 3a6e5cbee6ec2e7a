using System.Diagnostics;

namespace DomainVerification.Dns.Tests;

/// <summary>For what tells nobody that it has happened.</summary>
internal static class Polling
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    /// <summary>Looks again and again until something holds; false where it does not in twenty seconds.</summary>
    public static async Task<bool> UntilAsync(Func<bool> condition)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            if (condition())
            {
                return true;
            }

            await Task.Delay(Pause);
        }

        return condition();
    }
}
