using System.Globalization;

namespace DomainVerification.DnsBenchmarks.Measuring;

/// <summary>What Linux tells of processes; elsewhere nothing is known.</summary>
internal static class ProcessFile
{
    public static double Megabytes(string field)
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return double.NaN;
        }

        var line = File.ReadLines(Status).First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Lets the peak of resident memory begin anew.</summary>
    public static void ResetPeak()
    {
        const string Reset = "/proc/self/clear_refs";
        if (File.Exists(Reset))
        {
            File.WriteAllText(Reset, "5");
        }
    }

    public static int Sockets()
    {
        const string Open = "/proc/self/fd";
        return !Directory.Exists(Open) ? 0 : Directory.EnumerateFileSystemEntries(Open).Count(IsSocket);
    }

    /// <summary>Seconds in which the machine's cores were busy, all together since it started.</summary>
    public static double BusySeconds()
    {
        const string All = "/proc/stat";
        if (!File.Exists(All))
        {
            return double.NaN;
        }

        var fields = File.ReadLines(All).First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var ticks = fields[1..9].Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        const int Idle = 3;
        return (ticks.Sum() - ticks[Idle] - ticks[Idle + 1]) / 100;
    }

    /// <summary>Processor time of a process and its children, which a server is made of.</summary>
    public static double Seconds(int root)
    {
        if (!Directory.Exists("/proc"))
        {
            return double.NaN;
        }

        var stats = Directory.EnumerateDirectories("/proc").Select(Stat).OfType<string[]>().ToList();
        HashSet<string> family = [root.ToString(CultureInfo.InvariantCulture)];
        while (stats.Where(stat => family.Contains(stat[1])).Select(stat => family.Add(stat[0])).ToList().Contains(true))
        {
        }

        return stats.Where(stat => family.Contains(stat[0])).Sum(stat => double.Parse(stat[2], CultureInfo.InvariantCulture)) / 1e9;
    }

    private static bool IsSocket(string entry)
    {
        try
        {
            return new FileInfo(entry).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The number of a process, of its parent, and its nanoseconds on a core.</summary>
    private static string[]? Stat(string folder)
    {
        var id = Path.GetFileName(folder);
        if (!char.IsAsciiDigit(id[0]))
        {
            return null;
        }

        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var times = File.ReadAllText(Path.Combine(folder, "schedstat"));
            return [id, stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], times.Split(' ')[0]];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return null;
        }
    }
}
