using System.Text.Json;

namespace DomainVerification.Vendors.Tests.Seeds;

/// <summary>Compares the shape of an answer with that of a page's example: the same members in the same order, of the same kinds.</summary>
internal static class JsonShape
{
    /// <summary>Where the two differ, a line for each; empty where they have one shape.</summary>
    /// <param name="expected">The page's example.</param>
    /// <param name="actual">The answer.</param>
    /// <param name="nullable">The paths, such as <c>data.domain.verified_at</c>, that may be null in one of the two.</param>
    public static IReadOnlyList<string> Differences(JsonElement expected, JsonElement actual, params string[] nullable)
    {
        var found = new List<string>();
        Compare(string.Empty, expected, actual, nullable, found);
        return found;
    }

    private static void Compare(string path, JsonElement expected, JsonElement actual, string[] nullable, List<string> found)
    {
        if (nullable.Contains(path, StringComparer.Ordinal)
            && (expected.ValueKind is JsonValueKind.Null || actual.ValueKind is JsonValueKind.Null))
        {
            return;
        }

        if (Kind(expected) != Kind(actual))
        {
            found.Add($"{path}: {Kind(expected)} on the page, {Kind(actual)} in the answer");
        }
        else if (expected.ValueKind is JsonValueKind.Object)
        {
            CompareMembers(path, expected, actual, nullable, found);
        }
        else if (expected.ValueKind is JsonValueKind.Array && expected.GetArrayLength() > 0)
        {
            foreach (var item in actual.EnumerateArray())
            {
                Compare(path + "[]", expected[0], item, nullable, found);
            }
        }
    }

    private static void CompareMembers(string path, JsonElement expected, JsonElement actual, string[] nullable, List<string> found)
    {
        var expectedNames = expected.EnumerateObject().Select(member => member.Name).ToList();
        var actualNames = actual.EnumerateObject().Select(member => member.Name).ToList();
        if (!expectedNames.SequenceEqual(actualNames, StringComparer.Ordinal))
        {
            found.Add($"{path}: {string.Join(' ', expectedNames)} on the page, {string.Join(' ', actualNames)} in the answer");
        }

        foreach (var name in expectedNames.Intersect(actualNames, StringComparer.Ordinal))
        {
            var at = path.Length == 0 ? name : $"{path}.{name}";
            Compare(at, expected.GetProperty(name), actual.GetProperty(name), nullable, found);
        }
    }

    private static string Kind(JsonElement element) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? "boolean" : element.ValueKind.ToString().ToLowerInvariant();
}
