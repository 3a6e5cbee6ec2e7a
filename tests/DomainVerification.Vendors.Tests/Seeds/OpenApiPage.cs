using YamlDotNet.RepresentationModel;

namespace DomainVerification.Vendors.Tests.Seeds;

/// <summary>The OpenAPI document that stands on a vendor's page in a block of YAML.</summary>
internal sealed class OpenApiPage
{
    private const string Fence = "````";

    private readonly YamlMappingNode _root;

    private OpenApiPage(YamlMappingNode root) => _root = root;

    public static OpenApiPage Read(string file)
    {
        var text = SeedPage.Read(file);
        var begin = text.IndexOf('\n', text.IndexOf(Fence + "yaml", StringComparison.Ordinal)) + 1;
        var end = text.IndexOf(Fence, begin, StringComparison.Ordinal);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text[begin..end]));
        return new OpenApiPage((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    /// <summary>The node at a path of keys, with references followed on the way.</summary>
    public YamlNode At(params string[] path)
    {
        YamlNode node = _root;
        foreach (var key in path)
        {
            node = Resolve(((YamlMappingNode)Resolve(node)).Children[key]);
        }

        return node;
    }

    /// <summary>The statuses that an operation documents.</summary>
    public IEnumerable<string> Statuses(string path, string method) =>
        ((YamlMappingNode)At("paths", path, method, "responses")).Children.Keys.Select(key => ((YamlScalarNode)key).Value!);

    /// <summary>The schema of an answer of an operation.</summary>
    public YamlMappingNode Answer(string path, string method, string status) =>
        (YamlMappingNode)At("paths", path, method, "responses", status, "content", "application/json", "schema");

    /// <summary>A schema of the components.</summary>
    public YamlMappingNode Schema(string name) => (YamlMappingNode)At("components", "schemas", name);

    /// <summary>The text of a node, on one line.</summary>
    public string Text(params string[] path) => ((YamlScalarNode)At(path)).Value!.Replace('\n', ' ').Trim();

    public YamlNode Resolve(YamlNode node) =>
        node is YamlMappingNode map && map.Children.TryGetValue("$ref", out var reference)
            ? At(((YamlScalarNode)reference).Value!.TrimStart('#', '/').Split('/'))
            : node;
}
