using System.Globalization;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace DomainVerification.Vendors.Tests.Seeds;

/// <summary>
/// Holds an answer against a schema of a page: types, enumerations, formats, what is required and what may be null. Stricter than a
/// schema: a member that the page does not document is a fault too.
/// </summary>
internal sealed class SchemaCheck(OpenApiPage page)
{
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The documented members that answers have shown so far, each with its path.</summary>
    public IReadOnlySet<string> Seen => _seen;

    /// <summary>Where an answer breaks a schema, a line for each.</summary>
    public IReadOnlyList<string> Faults(YamlMappingNode schema, JsonElement answer)
    {
        _faults.Clear();
        Check(string.Empty, schema, answer);
        return [.. _faults];
    }

    private void Check(string path, YamlMappingNode node, JsonElement value)
    {
        var schema = Merged(node);
        if (value.ValueKind is JsonValueKind.Null)
        {
            Require(Flag(schema, "nullable"), path, "is null");
            return;
        }

        switch (Value(schema, "type"))
        {
            case "object":
                CheckObject(path, schema, value);
                break;
            case "array" when Require(value.ValueKind is JsonValueKind.Array, path, "is no array"):
                foreach (var item in value.EnumerateArray())
                {
                    Check(path + "[]", Map(page.Resolve(schema.Children["items"])), item);
                }

                break;
            case "string" when Require(value.ValueKind is JsonValueKind.String, path, "is no string"):
                CheckText(path, schema, value.GetString()!);
                break;
            case "boolean":
                Require(value.ValueKind is JsonValueKind.True or JsonValueKind.False, path, "is no boolean");
                break;
            case "integer":
                Require(value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _), path, "is no integer");
                break;
        }
    }

    private void CheckObject(string path, YamlMappingNode schema, JsonElement value)
    {
        if (!Require(value.ValueKind is JsonValueKind.Object, path, "is no object"))
        {
            return;
        }

        var properties = schema.Children.TryGetValue("properties", out var found) ? Map(found) : new YamlMappingNode();
        if (schema.Children.TryGetValue("required", out var required))
        {
            foreach (var name in ((YamlSequenceNode)required).Select(Text))
            {
                Require(value.TryGetProperty(name, out _), $"{path}.{name}", "is missing");
            }
        }

        foreach (var member in value.EnumerateObject())
        {
            var at = $"{path}.{member.Name}";
            if (properties.Children.TryGetValue(member.Name, out var described))
            {
                _seen.Add(at);
                Check(at, Map(page.Resolve(described)), member.Value);
            }
            else
            {
                Require(Flag(schema, "additionalProperties"), at, "is not on the page");
            }
        }
    }

    private void CheckText(string path, YamlMappingNode schema, string value)
    {
        if (schema.Children.TryGetValue("enum", out var allowed))
        {
            Require(((YamlSequenceNode)allowed).Select(Text).Contains(value, StringComparer.Ordinal), path, $"is '{value}'");
        }

        if (Value(schema, "format") == "date-time")
        {
            var isInstant = DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out _)
                && value.Contains('T', StringComparison.Ordinal);
            Require(isInstant, path, $"is no instant: {value}");
        }
    }

    /// <summary>All parts of an <c>allOf</c> as one schema; a later part says more about a member than an earlier one.</summary>
    private YamlMappingNode Merged(YamlMappingNode schema)
    {
        if (!schema.Children.TryGetValue("allOf", out var parts))
        {
            return schema;
        }

        var merged = new YamlMappingNode { { "type", "object" } };
        var properties = new YamlMappingNode();
        var required = new YamlSequenceNode();
        foreach (var part in ((YamlSequenceNode)parts).Select(part => Merged(Map(page.Resolve(part)))))
        {
            var own = part.Children.TryGetValue("properties", out var found) ? Map(found) : new YamlMappingNode();
            foreach (var (name, property) in own.Children)
            {
                properties.Children[name] = property;
            }

            var needed = part.Children.TryGetValue("required", out var listed) ? (YamlSequenceNode)listed : new YamlSequenceNode();
            foreach (var name in needed)
            {
                required.Add(name);
            }
        }

        merged.Add("properties", properties);
        merged.Add("required", required);
        return merged;
    }

    private bool Require(bool holds, string path, string fault)
    {
        if (!holds)
        {
            _faults.Add($"{path} {fault}");
        }

        return holds;
    }

    private static YamlMappingNode Map(YamlNode node) => (YamlMappingNode)node;

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static string? Value(YamlMappingNode schema, string key) =>
        schema.Children.TryGetValue(key, out var value) ? Text(value) : null;

    private static bool Flag(YamlMappingNode schema, string key) => Value(schema, key) == "true";
}
