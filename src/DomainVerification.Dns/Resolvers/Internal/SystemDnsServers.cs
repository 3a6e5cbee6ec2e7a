using System.Net;
using System.Net.NetworkInformation;
using System.Text;

namespace DomainVerification.Dns;

/// <summary>
/// The servers of the operating system: of resolv.conf, or of the network interfaces on Windows; read again now and then.
/// </summary>
internal sealed class SystemDnsServers(TimeProvider timeProvider, string path = "/etc/resolv.conf")
{
    private const int MaxFileLength = 64 * 1024;
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private volatile Reading? _reading;

    /// <summary>At least one server: the local one where none is configured, as the C library does.</summary>
    public IReadOnlyList<DnsServerEndpoint> Get()
    {
        var reading = _reading;
        if (reading is null || timeProvider.GetElapsedTime(reading.At) > Freshness)
        {
            _reading = reading = new Reading(Read(), timeProvider.GetTimestamp());
        }

        return reading.Servers;
    }

    private IReadOnlyList<DnsServerEndpoint> Read()
    {
        var servers = OperatingSystem.IsWindows() ? ReadInterfaces() : ReadFile();
        return servers.Count > 0 ? servers : [new DnsServerEndpoint(IPAddress.Loopback)];
    }

    private IReadOnlyList<DnsServerEndpoint> ReadFile()
    {
        try
        {
            using var file = File.OpenRead(path);
            var octets = new byte[MaxFileLength];
            var length = file.ReadAtLeast(octets, octets.Length, throwOnEndOfStream: false);
            return ResolvConf.Parse(Encoding.UTF8.GetString(octets, 0, length));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static List<DnsServerEndpoint> ReadInterfaces()
    {
        List<DnsServerEndpoint> servers = [];
        foreach (var network in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (network.OperationalStatus != OperationalStatus.Up)
            {
                continue;
            }

            foreach (var address in network.GetIPProperties().DnsAddresses)
            {
                DnsServerEndpoint server = new(address);
                if (servers.Count < ResolvConf.MaxServers && !servers.Contains(server))
                {
                    servers.Add(server);
                }
            }
        }

        return servers;
    }

    private sealed record Reading(IReadOnlyList<DnsServerEndpoint> Servers, long At);
}
