using System.Collections.Frozen;
using System.Text.Json;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>The names of the members of an enumeration on the wire: <c>InReview</c> is <c>in_review</c>.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal static class WireNames<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<T, string> _names = Enum.GetValues<T>()
        .ToFrozenDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly FrozenDictionary<string, T> _values =
        _names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>All names, in the order of the members.</summary>
    public static IEnumerable<string> All => Enum.GetValues<T>().Select(Of);

    public static string Of(T value) => _names[value];

    public static bool TryParse(string? name, out T value)
    {
        value = default;
        return name is not null && _values.TryGetValue(name, out value);
    }
}
