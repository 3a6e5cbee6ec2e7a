using System.Collections;
using System.Globalization;
using System.Reflection;

namespace DomainVerification.ConformanceTests;

/// <summary>
/// All fields of a record, down to the last, each with its path: what <c>Equals</c> of a record does not compare where collections are
/// involved. Fields that later versions add are compared without a change here.
/// </summary>
internal static class FieldList
{
    private const int MaximumLength = 160;
    private const int MaximumLines = 40;

    /// <summary>Asserts that two records are the same in every field, and names the first that differs.</summary>
    public static void AssertSame(object? expected, object? actual)
    {
        var (left, right) = (Of(expected), Of(actual));
        var paths = left.Keys.Union(right.Keys).Order(StringComparer.Ordinal);
        var different = paths.Where(path => left.GetValueOrDefault(path) != right.GetValueOrDefault(path)).ToList();
        Assert.True(
            different.Count == 0,
            $"{different.Count} field(s) differ.\n" + string.Join('\n', different.Take(3).Select(path => Difference(path, left, right))));
    }

    /// <summary>The fields as text, for a comparison of before and after.</summary>
    public static string Describe(object? value) => string.Join('\n', Of(value).Select(field => $"{field.Key} = {field.Value}"));

    /// <summary>The fields as text for a message: as much of it as a person reads.</summary>
    public static string Summarize(object? value)
    {
        var told = Of(value).Where(field => field.Value is not ("null" or "0")).Select(field => $"{field.Key} = {field.Value}");
        return string.Join('\n', told.Take(MaximumLines).Select(line => Cut(line, 0)));
    }

    /// <summary>The value of each field by its path.</summary>
    public static SortedDictionary<string, string> Of(object? value)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(fields, value?.GetType().Name.Split('`')[0] ?? "null", value);
        return fields;
    }

    private static string Difference(string path, SortedDictionary<string, string> expected, SortedDictionary<string, string> found)
    {
        var (left, right) = (expected.GetValueOrDefault(path, "nothing"), found.GetValueOrDefault(path, "nothing"));
        var start = left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();
        start = Math.Max(left.Length, right.Length) <= MaximumLength ? 0 : Math.Max(0, start - 20);
        var where = start == 0 ? path : $"{path} from character {start} on";
        return $"{where}: expected {Cut(left, start)}, found {Cut(right, start)}.";
    }

    private static string Cut(string text, int start)
    {
        var end = Math.Min(text.Length, start + MaximumLength);
        return text[Math.Min(text.Length, start)..end] + (end < text.Length ? "..." : string.Empty);
    }

    private static void Add(SortedDictionary<string, string> fields, string path, object? value)
    {
        if (Leaf(value) is { } leaf)
        {
            fields.Add(path, leaf);
            return;
        }

        if (value is IReadOnlyDictionary<string, string> names)
        {
            fields.Add($"{path}.Count", names.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, text) in names)
            {
                fields.Add($"{path}[{Leaf(name)}]", Leaf(text)!);
            }
        }
        else if (value is IEnumerable items)
        {
            var all = items.Cast<object?>().ToList();
            fields.Add($"{path}.Count", all.Count.ToString(CultureInfo.InvariantCulture));
            for (var i = 0; i < all.Count; i++)
            {
                Add(fields, $"{path}[{i}]", all[i]);
            }
        }
        else
        {
            foreach (var property in value!.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                Add(fields, $"{path}.{property.Name}", property.GetValue(value));
            }
        }
    }

    // Instants are compared, not offsets; text shows what looks alike.
    private static string? Leaf(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Escape(text)}\"",
        DomainName name => name.Value,
        DateTimeOffset instant => instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        Guid or Enum or TimeSpan or bool => value.ToString(),
        IFormattable number when value.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string Escape(string text) =>
        string.Concat(text.Select(character => character is >= ' ' and <= '~' ? $"{character}" : $"\\u{(int)character:x4}"));
}
