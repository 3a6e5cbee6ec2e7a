namespace DomainVerification.Packages.Tests.Packed;

/// <summary>A test of packed packages; skipped by name where no folder with packages is given.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PackedTheoryAttribute : TheoryAttribute
{
    public PackedTheoryAttribute()
    {
        if (PackedPackage.Folder is null)
        {
            Skip = $"{PackedPackage.FolderVariable} is not set: dotnet pack -c Release -o <folder>, then point the variable at that folder";
        }
    }
}
