using System.Globalization;
using DomainVerification.DnsBenchmarks.Serving;

namespace DomainVerification.DnsBenchmarks.Measuring;

/// <summary>What to measure, and how long.</summary>
/// <param name="Subjects">Of <see cref="AllSubjects"/>, in their turns; what is not installed is left out.</param>
/// <param name="InFlight">How many queries wait at the same time.</param>
/// <param name="Rounds">Rounds, in each of which every subject has its turn.</param>
/// <param name="Queries">Queries of one turn; at most the names of the zone. With one in flight it is a tenth.</param>
/// <param name="PatienceSeconds">
/// How long to wait for a quiet machine before each turn; 0 takes it as it is, and repeats no turn that others disturbed.
/// </param>
/// <param name="Server">A server that serves the zone already; null starts one.</param>
/// <param name="InOneProcess">Whether all .NET clients live in one process, in which memory and sockets tell nothing of any of them.</param>
internal sealed record BenchmarkOptions(
    IReadOnlyList<string> Subjects,
    IReadOnlyList<int> InFlight,
    int Rounds,
    int Queries,
    int PatienceSeconds,
    string? Server,
    bool InOneProcess)
{
    private const string OneProcess = "--one-process";

    /// <summary>What takes part where nothing else is asked for.</summary>
    public static readonly IReadOnlyList<string> UsualSubjects =
        ["batch", "check", "authoritative-batch", "authoritative", "lookup", "dnsclient", "dnsperf", "cares"];

    /// <summary>
    /// Also those that need the program's own server, more names than are remembered, or a host without a way to IPv6 addresses.
    /// </summary>
    public static readonly IReadOnlyList<string> AllSubjects =
        [.. UsualSubjects, "two-servers", "four-servers", "without-ipv6", "cold-cut"];

    /// <summary>Null where the arguments are not understood.</summary>
    public static BenchmarkOptions? Parse(IReadOnlyList<string> arguments)
    {
        List<string> subjects = [];
        var isOneProcess = false;
        Dictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["--in-flight"] = "1,16,128,1024",
            ["--rounds"] = "5",
            ["--queries"] = "100000",
            ["--patience"] = "10",
            ["--server"] = string.Empty,
        };
        for (var index = 0; index < arguments.Count; index++)
        {
            if (AllSubjects.Contains(arguments[index]))
            {
                subjects.Add(arguments[index]);
            }
            else if (arguments[index] == OneProcess)
            {
                isOneProcess = true;
            }
            else if (values.ContainsKey(arguments[index]) && index + 1 < arguments.Count)
            {
                values[arguments[index]] = arguments[++index];
            }
            else
            {
                return null;
            }
        }

        var inFlight = values["--in-flight"].Split(',').Select(Number).ToList();
        var (rounds, queries) = (Number(values["--rounds"]), Number(values["--queries"]));
        return inFlight.Exists(number => number == 0) || rounds == 0 || queries == 0
            ? null
            : new BenchmarkOptions(
                subjects.Count > 0 ? subjects : UsualSubjects,
                inFlight,
                rounds,
                Math.Min(queries, Zone.Names),
                Number(values["--patience"]),
                values["--server"].Length > 0 ? values["--server"] : null,
                isOneProcess);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
