using System.Text.Json;

namespace DomainVerification.Vendors.Tests.Seeds;

/// <summary>A vendor's page as it was published: it lies in <c>shared/reference/seeds</c> beside the repository.</summary>
internal static class SeedPage
{
    public const string Migma = "000_953d624d550395d7.txt";
    public const string Wacht = "001_ae55dea2da33f2c7.txt";
    public const string Ionos = "002_6d6d5eca9519166c.txt";
    public const string Webex = "003_b9bb4b37902b70fd.txt";
    public const string HuaweiLive = "004_8e50fbbb8c4dcb72.txt";

    /// <summary>The full path of the page, or null where it is not there.</summary>
    public static string? Find(string file)
    {
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var path = Path.Combine(parent.FullName, "shared", "reference", "seeds", file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    public static string Read(string file) => File.ReadAllText(Find(file) ?? throw new FileNotFoundException("The page is not here.", file));

    /// <summary>The JSON objects that stand on the page, in their order.</summary>
    public static IReadOnlyList<JsonElement> Examples(string file)
    {
        var text = Read(file);
        var found = new List<JsonElement>();
        for (var start = text.IndexOf('{', StringComparison.Ordinal); start >= 0; start = text.IndexOf('{', start + 1))
        {
            if (TryReadObject(text, start) is { } example)
            {
                found.Add(example.Value);
                start += example.Length - 1;
            }
        }

        return found;
    }

    private static (JsonElement Value, int Length)? TryReadObject(string text, int start)
    {
        var depth = 0;
        var quoted = false;
        for (var at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when quoted:
                    at++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '{' when !quoted:
                    depth++;
                    break;
                case '}' when !quoted && --depth == 0:
                    return Parse(text.Substring(start, at - start + 1));
            }
        }

        return null;
    }

    private static (JsonElement Value, int Length)? Parse(string json)
    {
        try
        {
            return (JsonDocument.Parse(json).RootElement, json.Length);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A fact about a vendor's page, skipped with its name where the page is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SeedFactAttribute : FactAttribute
{
    public SeedFactAttribute(string page)
    {
        if (SeedPage.Find(page) is null)
        {
            Skip = $"The page '{page}' is not here.";
        }
    }
}
