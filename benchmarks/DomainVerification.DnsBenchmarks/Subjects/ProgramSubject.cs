using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DomainVerification.DnsBenchmarks.Measuring;
using DomainVerification.DnsBenchmarks.Serving;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>A client that is no .NET program: a process for every turn, whose own account of it is read.</summary>
internal sealed partial class ProgramSubject : ISubject
{
    private static readonly string[] Shell = ["-c", "\"$@\"; cat /proc/$$/stat", "sh"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dv-dns-peer-");
    private readonly IPEndPoint _server;

    private ProgramSubject(string name, string endpoint)
    {
        Name = name;
        _server = IPEndPoint.Parse(endpoint);
    }

    public string Name { get; }

    private string Questions => Path.Combine(_folder.FullName, "questions");

    private string Program => Path.Combine(_folder.FullName, Name);

    /// <summary>dnsperf of DNS-OARC; null where it is not installed.</summary>
    public static async Task<ProgramSubject?> DnsperfAsync(string endpoint)
    {
        if (InstalledProgram.Find("dnsperf") is null)
        {
            return null;
        }

        ProgramSubject subject = new("dnsperf", endpoint);
        await Zone.WriteQuestionsAsync(subject.Questions, withValues: false);
        return subject;
    }

    /// <summary>A small program over c-ares; null where there is no compiler or no library.</summary>
    public static async Task<ProgramSubject?> CaresAsync(string endpoint)
    {
        if (InstalledProgram.Find("gcc") is null || !File.Exists("/usr/include/ares.h"))
        {
            return null;
        }

        ProgramSubject subject = new("cares", endpoint);
        await Zone.WriteQuestionsAsync(subject.Questions, withValues: true);
        var source = Path.Combine(AppContext.BaseDirectory, "Peers", "cares.c");
        await Command.RunAsync("gcc", ["-O2", "-o", subject.Program, source, "-lcares"]);
        return subject;
    }

    public async Task<Turn> RunAsync(int queries, int inFlight)
    {
        var (count, window) = (Text(queries), Text(inFlight));
        var (address, port) = (_server.Address.ToString(), Text(_server.Port));
        string[] arguments = Name == "dnsperf"
            ? [Name, "-s", address, "-p", port, "-d", Questions, "-q", window, "-c", "1", "-T", "1", "-n", "1", "-b", "4096"]
            : [Program, port, Questions, count, window];
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", [.. Shell, .. arguments]) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var sent = Read(Sent().Match(output));
        return new Turn(sent, Read(Took().Match(output)), ChildSeconds(output))
        {
            Wrong = Name == "dnsperf" ? double.NaN : Read(Wrong().Match(output)),
            Lost = sent - Read(Completed().Match(output)),
        };
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    // The shell's own account of the children that it waited for, in hundredths of a second.
    private static double ChildSeconds(string output)
    {
        var fields = output[(output.LastIndexOf(')') + 2)..].Split(' ');
        const int ChildUser = 13;
        return fields[ChildUser..(ChildUser + 2)].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / 100;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static double Read(Match match) => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Queries sent:\s+(\d+)")]
    private static partial Regex Sent();

    [GeneratedRegex(@"Queries completed:\s+(\d+)")]
    private static partial Regex Completed();

    [GeneratedRegex(@"Run time \(s\):\s+([\d.]+)")]
    private static partial Regex Took();

    [GeneratedRegex(@"Wrong answers:\s+(\d+)")]
    private static partial Regex Wrong();
}
