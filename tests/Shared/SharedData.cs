namespace DomainVerification.Tests.Shared;

/// <summary>Test data that is too large or too foreign to live in the repository: it lies in <c>shared/data</c> beside it.</summary>
internal static class SharedData
{
    private const string Variable = "DOMAINVERIFICATION_SHARED_DATA";

    /// <summary>The full path of the file, or null where it is not there.</summary>
    public static string? Find(string file)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder)
        {
            return Existing(Path.Combine(folder, file));
        }

        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            if (Existing(Path.Combine(parent.FullName, "shared", "data", file)) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    public static string Read(string file) => File.ReadAllText(Find(file) ?? throw new FileNotFoundException("No shared test data.", file));

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}

/// <summary>A fact that needs files of <see cref="SharedData"/>, and is skipped with the name of the first that is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(params string[] files)
    {
        if (files.FirstOrDefault(file => SharedData.Find(file) is null) is { } missing)
        {
            Skip = $"The shared test data '{missing}' is not here.";
        }
    }
}
