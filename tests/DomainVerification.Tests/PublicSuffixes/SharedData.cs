namespace DomainVerification.Tests.PublicSuffixes;

/// <summary>Finds the test data that lies beside the repository, in <c>../shared/data</c>.</summary>
internal static class SharedData
{
    private const string Variable = "DOMAINVERIFICATION_SHARED_DATA";

    public static string? Find(string file)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
            return Existing(Path.Combine(folder, file));

        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            if (Existing(Path.Combine(parent.FullName, "shared", "data", file)) is { } path)
                return path;
        }

        return null;
    }

    public static string Read(string file) => File.ReadAllText(Find(file) ?? throw new FileNotFoundException("No shared test data.", file));

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}

/// <summary>A fact that is skipped, by name, where its data file is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] files)
    {
        if (files.FirstOrDefault(file => SharedData.Find(file) is null) is { } missing)
            Skip = $"The shared test data '{missing}' is not here.";
    }
}
