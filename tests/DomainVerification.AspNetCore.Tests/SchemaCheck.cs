using System.Globalization;
using System.Text.Json;

namespace DomainVerification.AspNetCore.Tests;

/// <summary>
/// Holds JSON against a schema of a document (OpenAPI 3.1), as far as the documents here use it. Stricter than a schema: a member that is
/// not described is a fault too.
/// </summary>
internal static class SchemaCheck
{
    /// <summary>What is wrong, a line for each; a part of the document that this cannot read is a fault.</summary>
    public static IEnumerable<string> Faults(JsonElement document, JsonElement schema, JsonElement value, string at = "$")
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Faults(document, Resolve(document, reference.GetString()!), value, at);
        }

        if (schema.TryGetProperty("oneOf", out var choices))
        {
            var faults = choices.EnumerateArray().Select(choice => Faults(document, choice, value, at).ToList()).ToList();
            return faults.Exists(found => found.Count == 0) ? [] : faults[^1];
        }

        if (!Types(schema).Contains(Kind(value)))
        {
            return [$"{at} is {Kind(value)} and not {string.Join(" or ", Types(schema))}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(document, schema, value, at),
            JsonValueKind.Array => value.EnumerateArray()
                .SelectMany((item, i) => Faults(document, schema.GetProperty("items"), item, $"{at}[{i}]")),
            JsonValueKind.String => Text(schema, value.GetString()!, at),
            _ => [],
        };
    }

    private static IEnumerable<string> Members(JsonElement document, JsonElement schema, JsonElement value, string at)
    {
        var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
        var missing = schema.TryGetProperty("required", out var required)
            ? required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{at} lacks {name}")
            : [];
        return missing.Concat(value.EnumerateObject().SelectMany(member =>
        {
            if (known.ValueKind == JsonValueKind.Object && known.TryGetProperty(member.Name, out var described))
            {
                return Faults(document, described, member.Value, $"{at}.{member.Name}");
            }

            return schema.TryGetProperty("additionalProperties", out var others)
                ? Faults(document, others, member.Value, $"{at}.{member.Name}")
                : [$"{at}.{member.Name} is not described"];
        }));
    }

    private static IEnumerable<string> Text(JsonElement schema, string text, string at)
    {
        var isInstant = schema.TryGetProperty("format", out var format) && format.GetString() == "date-time";
        return isInstant && !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _) ? [$"{at} is no instant: {text}"] : [];
    }

    private static HashSet<string> Types(JsonElement schema)
    {
        var type = schema.GetProperty("type");
        HashSet<string> types = type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Select(one => one.GetString()!)]
            : [type.GetString()!];
        return types.Contains("number") ? [.. types, "integer"] : types;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static JsonElement Resolve(JsonElement document, string reference) =>
        reference.TrimStart('#', '/').Split('/').Aggregate(document, (element, name) => element.GetProperty(name));
}
