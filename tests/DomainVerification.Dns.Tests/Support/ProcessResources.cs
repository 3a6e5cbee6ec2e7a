namespace DomainVerification.Dns.Tests;

/// <summary>What Linux says that this process has open, as far as lanes are concerned.</summary>
/// <param name="Sockets">Each by a name of its own.</param>
/// <param name="Events">The events.</param>
/// <param name="Sets">The sets of epoll, but for those of threads that a transport has for all.</param>
/// <param name="Lanes">The threads.</param>
internal sealed record ProcessResources(IReadOnlySet<string> Sockets, int Events, int Sets, int Lanes)
{
    private const string DescriptorFolder = "/proc/self/fd";
    private const string ThreadFolder = "/proc/self/task";

    public static ProcessResources Now()
    {
        var files = Directory.EnumerateFiles(DescriptorFolder).Select(Target).ToList();
        var threads = Directory.EnumerateDirectories(ThreadFolder).Select(NameOf).ToList();
        return new ProcessResources(
            files.Where(file => file.StartsWith("socket:", StringComparison.Ordinal)).ToHashSet(),
            files.Count(file => file.Contains("[eventfd]", StringComparison.Ordinal)),
            files.Count(file => file.Contains("[eventpoll]", StringComparison.Ordinal)) - threads.Count(name => name == "DNS over UDP"),
            threads.Count(name => name == "DNS lane"));
    }

    /// <summary>Whether nothing is here that was not there then.</summary>
    public bool IsNoMoreThan(ProcessResources then) =>
        Lanes == 0 && Events <= then.Events && Sets <= then.Sets && Sockets.IsSubsetOf(then.Sockets);

    private static string Target(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget ?? "";
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return "";
        }
    }

    private static string NameOf(string thread)
    {
        try
        {
            return File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd('\n');
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return "";
        }
    }
}
