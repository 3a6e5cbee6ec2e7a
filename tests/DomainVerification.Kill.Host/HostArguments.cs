using System.Globalization;

namespace DomainVerification.Kill.Host;

/// <summary>What a process is told when it starts.</summary>
/// <param name="Store">The connection string of the database of claims.</param>
/// <param name="Identities">The connection string of the provisioner's own database.</param>
/// <param name="Node">The number of the process.</param>
/// <param name="Seed">Where the load's random numbers start.</param>
/// <param name="Clock">The start of the clock that all processes share.</param>
internal sealed record HostArguments(string Store, string Identities, int Node, int Seed, FastTimeProvider.Base Clock)
{
    internal static HostArguments Parse(IReadOnlyList<string> words) => new(
        words[0],
        words[1],
        Number<int>(words[2]),
        Number<int>(words[3]),
        new FastTimeProvider.Base(new DateTimeOffset(Number<long>(words[4]), TimeSpan.Zero), Number<long>(words[5])));

    internal IEnumerable<string> Write() =>
    [
        Store,
        Identities,
        Text(Node),
        Text(Seed),
        Text(Clock.At.UtcTicks),
        Text(Clock.Timestamp),
    ];

    private static T Number<T>(string word)
        where T : IParsable<T> => T.Parse(word, CultureInfo.InvariantCulture);

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
