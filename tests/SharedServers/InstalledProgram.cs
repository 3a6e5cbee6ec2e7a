namespace DomainVerification.Tests.Servers;

/// <summary>The programs that tests start, and the Debian packages that they come from.</summary>
internal static class InstalledProgram
{
    /// <summary>Set to 1 where every program must be there, so that a missing one fails its tests instead of skipping them.</summary>
    internal const string RequireVariable = "DOMAINVERIFICATION_REQUIRE_SERVICES";

    private const string PostgresPackage = "postgresql-15";
    private const string PostgresFolder = "/usr/lib/postgresql";

    private static readonly Dictionary<string, string> Packages = new(StringComparer.Ordinal)
    {
        ["named"] = "bind9",
        ["rndc"] = "bind9-utils",
        ["named-checkzone"] = "bind9-utils",
        ["nsupdate"] = "bind9-dnsutils",
        ["dig"] = "bind9-dnsutils",
        ["knotd"] = "knot",
        ["knotc"] = "knot",
        ["knsupdate"] = "knot-dnsutils",
        ["nsd"] = "nsd",
        ["nsd-control"] = "nsd",
        ["unbound"] = "unbound",
        ["initdb"] = PostgresPackage,
        ["postgres"] = PostgresPackage,
        ["opendkim"] = "opendkim",
        ["opendkim-testkey"] = "opendkim-tools",
        ["setpriv"] = "util-linux",
    };

    internal static bool AreRequired => Environment.GetEnvironmentVariable(RequireVariable) == "1";

    /// <summary>The full path of a program; null where it is not installed.</summary>
    internal static string? Find(string name) =>
        Folders(name).Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>What is missing and how to install it; null where all is there.</summary>
    internal static string? Explain(IReadOnlyCollection<string> names)
    {
        var missing = names.Where(name => Find(name) is null).ToList();
        if (missing.Count == 0)
        {
            return null;
        }

        var packages = string.Join(' ', missing.Select(name => Packages.GetValueOrDefault(name, name)).Distinct());
        return $"{string.Join(", ", missing)} not installed: apt-get install --no-install-recommends {packages}";
    }

    /// <summary>The full path of a program.</summary>
    /// <exception cref="InvalidOperationException">It is not installed; the message says how to do that.</exception>
    internal static string Require(string name) => Find(name) ?? throw new InvalidOperationException(Explain([name]));

    private static IEnumerable<string> Folders(string name)
    {
        // Debian keeps PostgreSQL's programs by version; what bears their names on the search path may be a wrapper.
        if (Packages.GetValueOrDefault(name) == PostgresPackage)
        {
            return Directory.Exists(PostgresFolder)
                ? Directory.GetDirectories(PostgresFolder).OrderByDescending(Version).Select(folder => Path.Combine(folder, "bin"))
                : [];
        }

        // Daemons lie where the search path of ordinary users does not lead.
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/local/sbin", "/sbin"]);
    }

    private static int Version(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
}
