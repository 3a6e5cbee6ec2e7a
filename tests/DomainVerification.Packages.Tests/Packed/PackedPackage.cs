using System.IO.Compression;
using System.Xml.Linq;

namespace DomainVerification.Packages.Tests.Packed;

/// <summary>One <c>.nupkg</c>, or its <c>.snupkg</c>, read from the folder that an environment variable names.</summary>
internal sealed class PackedPackage : IDisposable
{
    public const string FolderVariable = "DOMAINVERIFICATION_PACKAGES";

    private readonly ZipArchive _archive;

    private PackedPackage(string path) => _archive = ZipFile.OpenRead(path);

    public static string? Folder { get; } = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : null;

    public IReadOnlyList<string> Entries => [.. _archive.Entries.Select(entry => entry.FullName)];

    public static PackedPackage Open(string package, string extension = ".nupkg") => new(PathOf(package, extension));

    public static string PathOf(string package, string extension) => Assert.Single(
        Directory.GetFiles(Folder!, $"{package}.*{extension}"),
        path => char.IsAsciiDigit(Path.GetFileName(path)[package.Length + 1]));

    /// <summary>The content of the first element of the manifest with this name, or null where it has none.</summary>
    public XElement? Manifest(string element)
    {
        using var stream = _archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Descendants().FirstOrDefault(candidate => candidate.Name.LocalName == element);
    }

    public byte[] Read(string entry)
    {
        using var stream = _archive.GetEntry(entry)!.Open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public void Dispose() => _archive.Dispose();
}
