using System.Globalization;

namespace DomainVerification.Kill.Host;

/// <summary>What a process tells the test, a line each on its standard output. A line that was written outlives the process.</summary>
internal sealed class Reports
{
    /// <summary>The process is ready for its orders.</summary>
    internal const string Ready = "ready";

    /// <summary>The load has stopped.</summary>
    internal const string Quiet = "quiet";

    /// <summary>The process will not kill itself.</summary>
    internal const string Spared = "spared";

    /// <summary>The first word of a line about a change that was acknowledged: claim, version, status.</summary>
    internal const string Acknowledged = "ack";

    /// <summary>The first word of a line about a change that will leave no event, before it is committed: claim, version.</summary>
    internal const string Silent = "silent";

    /// <summary>The first word of a line about the step that the process dies at.</summary>
    internal const string Dying = "dying";

    /// <summary>The first word of a line about an exception, which only an outage of the database explains.</summary>
    internal const string Faulted = "fault";

    private readonly Lock _turn = new();

    internal void Write(params IReadOnlyList<object> words)
    {
        var line = string.Join(' ', words.Select(word => Convert.ToString(word, CultureInfo.InvariantCulture)!.ReplaceLineEndings(" | ")));
        lock (_turn)
        {
            Console.Out.WriteLine(line);
        }
    }
}
