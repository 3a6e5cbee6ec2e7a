using System.Globalization;

namespace DomainVerification.LoadBenchmarks.Measuring;

/// <summary>What to measure, and for how long.</summary>
/// <param name="Databases">Of <c>sqlite</c> and <c>postgres</c>.</param>
/// <param name="Seconds">One round of one request.</param>
/// <param name="Connections">The connections that wrk keeps busy, over two threads.</param>
/// <param name="Rounds">Rounds, in each of which every request has its turn.</param>
/// <param name="Claims">The claims in the store, all of one owner and verified.</param>
/// <param name="SoakSeconds">How long memory is watched under load afterwards; 0 for not at all.</param>
internal sealed record LoadOptions(
    IReadOnlyList<string> Databases,
    int Seconds,
    int Connections,
    int Rounds,
    int Claims,
    int SoakSeconds)
{
    /// <summary>Null where the arguments are not understood.</summary>
    public static LoadOptions? Parse(IReadOnlyList<string> arguments)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal)
        {
            ["--seconds"] = 30,
            ["--connections"] = 32,
            ["--rounds"] = 5,
            ["--claims"] = 2_000,
            ["--soak"] = 0,
        };
        var databases = new List<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (argument is "sqlite" or "postgres")
            {
                databases.Add(argument);
            }
            else if (numbers.ContainsKey(argument)
                && index + 1 < arguments.Count
                && int.TryParse(arguments[index + 1], CultureInfo.InvariantCulture, out var number)
                && number >= 0)
            {
                numbers[argument] = number;
                index++;
            }
            else
            {
                return null;
            }
        }

        return new LoadOptions(
            databases.Count > 0 ? databases : ["sqlite", "postgres"],
            Math.Max(1, numbers["--seconds"]),
            Math.Max(2, numbers["--connections"]),
            Math.Max(1, numbers["--rounds"]),
            Math.Max(100, numbers["--claims"]),
            numbers["--soak"]);
    }
}
