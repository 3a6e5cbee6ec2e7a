namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>NLnet Labs NSD: zones by <c>nsd-control addzone</c>, records by a changed zone file and a reload.</summary>
public sealed class NsdServer : AuthoritativeServer
{
    private const string ConfigurationFile = "nsd.conf";

    private protected override string Program => "nsd";

    internal override async Task PublishAsync(ServerZone zone, IReadOnlyList<string> records)
    {
        WriteZone(zone);
        var former = AnsweringProcesses();
        await ControlAsync("reload", zone.Name);
        await WaitForAsync(zone);

        // A reload replaces the processes that answer, and for a moment the old ones answer beside the new.
        await Polling.UntilAsync(
            () => Task.FromResult(AnsweringProcesses()),
            processes => !processes.Overlaps(former),
            _ => $"The processes before the reload do not end.\n{Log}");

        // A process that was being born when the reload came is not known by its title yet, and gives itself away by its answers.
        await WaitForAsync(zone, times: 8);
    }

    private protected override Task ServeAsync(ServerZone zone) => ControlAsync("addzone", zone.Name, "files");

    private protected override IEnumerable<string> Arguments() => ["-d", "-c", PathOf(ConfigurationFile)];

    private protected override void WriteConfiguration() => Write(
        ConfigurationFile,
        $"""
        server:
          ip-address: {Endpoint.Address}@{Endpoint.Port}
          do-ip6: no
          server-count: 1
          username: ""
          chroot: ""
          zonesdir: "{Folder}"
          database: ""
          pidfile: "{PathOf("nsd.pid")}"
          zonelistfile: "{PathOf("zone.list")}"
          xfrdfile: "{PathOf("xfrd.state")}"
          xfrdir: "{Folder}"
          nsid: "ascii_{Identity}"
          rrl-ratelimit: 0
        remote-control:
          control-enable: yes
          control-interface: "{PathOf("control")}"
        pattern:
          name: "files"
          zonefile: "%s.zone"

        """);

    private HashSet<string> AnsweringProcesses() =>
        [.. Directory.EnumerateDirectories("/proc").Where(process => Line(process).StartsWith("nsd: server", StringComparison.Ordinal))];

    // Of other users' processes, and of those that just ended, nothing can be read.
    private string Line(string process)
    {
        try
        {
            return Directory.ResolveLinkTarget(Path.Combine(process, "cwd"), returnFinalTarget: false)?.FullName == Folder
                ? File.ReadAllText(Path.Combine(process, "cmdline"))
                : string.Empty;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private Task<string> ControlAsync(params string[] words) =>
        Command.RunAsync("nsd-control", ["-c", PathOf(ConfigurationFile), .. words]);
}
