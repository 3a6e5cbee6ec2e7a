namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>Test data that is too large or too foreign to live in the repository: it lies in <c>shared/data</c> beside it.</summary>
internal static class SharedData
{
    private const string OverrideVariable = "DOMAINVERIFICATION_SHARED_DATA";

    /// <summary>The full path of the file, or null where it is not there.</summary>
    internal static string? Find(string file)
    {
        if (Environment.GetEnvironmentVariable(OverrideVariable) is { Length: > 0 } folder)
            return Existing(Path.Combine(folder, file));

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Existing(Path.Combine(at.FullName, "shared", "data", file)) is { } found)
                return found;
        }

        return null;
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}

/// <summary>A fact that needs a file of <see cref="SharedData"/>, and is skipped with that file's name where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string file)
    {
        if (SharedData.Find(file) is null)
            Skip = $"shared/data/{file} is not there";
    }
}
