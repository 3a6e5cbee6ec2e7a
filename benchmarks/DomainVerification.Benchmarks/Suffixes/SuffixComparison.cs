using System.Diagnostics;
using System.Globalization;
using System.Text;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Benchmarks.Suffixes;

/// <summary>Our list beside libpsl, both over the same rules: do they agree, what does a look-up cost, and what does loading cost?</summary>
internal static class SuffixComparison
{
    private const int Names = 100_000;
    private const int Rounds = 15;

    // Fewer leave code in the forms through which the runtime goes until it knows what is worth compiling well.
    private const int WarmUps = 200;

    /// <param name="file">A file in the format of publicsuffix.org; the package's own list where there is none.</param>
    public static int Run(string? file)
    {
        PublicSuffixList list = null!;
        var first = Milliseconds(() => list = file is null ? PublicSuffixList.BuiltIn : Parse(File.ReadAllText(file)));
        var rules = list.EnumerateRules().OrderBy(rule => rule.Text, StringComparer.Ordinal).ToList();
        var names = MixedNames.Of(rules, Names).ToList();
        Line($"{list.RuleCount:N0} rules of {list.ListDate:yyyy-MM-dd}, {names.Count:N0} names; loaded first in {first:N1} ms");
        var text = Write(rules);
        try
        {
            Loading(text);
            LookingUp(list, names);
            return LibPsl.IsThere ? Compare(list, names, text) : Missing();
        }
        finally
        {
            File.Delete(text);
        }
    }

    private static int Missing()
    {
        Console.Error.WriteLine("libpsl.so.5 not installed: apt-get install libpsl5");
        return 1;
    }

    /// <summary>The rules as a file that both can read, in the letters that the original has.</summary>
    private static string Write(List<PublicSuffixRule> rules)
    {
        var file = Path.GetTempFileName();
        using var writer = new StreamWriter(file);
        foreach (var (division, title) in (ReadOnlySpan<(PublicSuffixDivision, string)>)
            [(PublicSuffixDivision.Icann, "ICANN"), (PublicSuffixDivision.Private, "PRIVATE")])
        {
            writer.WriteLine($"// ===BEGIN {title} DOMAINS===");
            foreach (var rule in rules.Where(rule => rule.Division == division))
            {
                writer.WriteLine(rule.Text[0] == '!' ? $"!{MixedNames.Unicode(rule.Text[1..])}" : Wild(rule.Text));
            }

            writer.WriteLine($"// ===END {title} DOMAINS===");
        }

        return file;

        static string Wild(string rule) => string.Join('.', rule.Split('.').Select(label => label == "*" ? label : MixedNames.Unicode(label)));
    }

    private static void Loading(string file)
    {
        var text = File.ReadAllText(file);
        var cold = Milliseconds(() => Parse(text));
        Enumerable.Range(0, WarmUps).ToList().ForEach(_ => Parse(text));
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var warm = Enumerable.Range(0, 4 * Rounds).Select(_ => Milliseconds(() => Parse(text))).Order().ToList();
        process.Refresh();
        var used = (process.TotalProcessorTime - cpu).TotalMilliseconds / warm.Count;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var list = Parse(text);
        var live = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(list);
        var middle = warm[warm.Count / 2];
        Line($"from its text: {cold:N1} ms the first time, {middle:N2} ms warm ({warm[0]:N2} at best, {used:N2} of processor time)");
        Line($"live: {live / 1024:N0} KiB");
    }

    private static void LookingUp(PublicSuffixList list, List<string> names)
    {
        var canonical = names.Select(Canonical).OfType<string>().ToArray();
        var bytes = 0L;
        var median = Nanoseconds(() =>
        {
            var sum = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var name in canonical)
            {
                sum += list.Find(name).SuffixStart;
            }

            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            return sum;
        });
        Line($"look-up: {median}, {(double)bytes / names.Count:N2} B");
    }

    private static int Compare(PublicSuffixList list, List<string> names, string file)
    {
        var loading = Enumerable.Range(0, 4 * Rounds).Select(_ => Milliseconds(() => new LibPsl(file).Dispose())).Order().ToList();
        using LibPsl peer = new(file);
        var (refused, differing) = (0, new List<string>());
        foreach (var name in names)
        {
            if (Canonical(name) is not { } canonical)
            {
                refused++;
                continue;
            }

            // libpsl says nothing of a final dot, which is no part of a name to it.
            var prepared = LibPsl.Prepare(name.TrimEnd('.'));
            var ours = list.Find(canonical);
            var found = (Labels(canonical, ours.SuffixStart), Labels(canonical, ours.RegistrableStart));
            if (found != (peer.SuffixLabels(prepared), peer.RegistrableLabels(prepared)))
            {
                differing.Add($"{name}: {found} here, {(peer.SuffixLabels(prepared), peer.RegistrableLabels(prepared))} in libpsl");
            }
        }

        var all = names.Select(name => LibPsl.Prepare(name.TrimEnd('.'))).ToArray();
        var median = Nanoseconds(() =>
        {
            var sum = 0;
            foreach (var name in all)
            {
                sum += (int)peer.Find(name);
            }

            return sum;
        });
        Line($"libpsl: {loading[loading.Count / 2]:N1} ms to load, a look-up {median}");
        Line($"compared: {names.Count - refused:N0}, refused by DomainName: {refused:N0}, different: {differing.Count:N0}");
        differing.Take(20).ToList().ForEach(Console.WriteLine);
        return differing.Count == 0 ? 0 : 1;
    }

    /// <summary>The name as our list takes it; a single label is no domain name, but the list may be asked about it.</summary>
    private static string? Canonical(string name) =>
        DomainName.TryParse(name, out var domain, out _) ? domain.Value
        : name.TrimEnd('.').ToLowerInvariant() is var lower && Ascii.IsValid(lower) ? lower
        : null;

    private static int Labels(string name, int start) => start < 0 ? 0 : name.AsSpan(start).Count('.') + 1;

    private static PublicSuffixList Parse(string text) => PublicSuffixList.TryParse(text, null, out var list, out var error)
        ? list
        : throw new InvalidDataException(error.Message);

    private static double Milliseconds(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>The time for one of the names, in the middle of several rounds over all of them.</summary>
    private static string Nanoseconds(Func<int> round)
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Milliseconds(() => round()) * 1e6 / Names).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{rounds[Rounds / 2]:N0} ns ({rounds[0]:N0} at best)");
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
