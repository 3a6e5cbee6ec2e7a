using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace DomainVerification.Dns;

/// <summary>Whom resolvers ask, and how long.</summary>
public sealed class DnsResolverOptions
{
    /// <summary>The most servers.</summary>
    public const int MaxServers = 16;

    /// <summary>The most root hints.</summary>
    public const int MaxRootHints = 26;

    /// <summary>The most tries at one server (RFC 9520, section 3.1).</summary>
    public const int MaxTriesPerServer = 3;

    /// <summary>The shortest <see cref="TryTimeout"/> and <see cref="Deadline"/>.</summary>
    public static readonly TimeSpan MinTimeout = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest <see cref="TryTimeout"/> and <see cref="Deadline"/>.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(1);

    /// <summary>The longest <see cref="FailureRetention"/> (RFC 9520, section 3.2).</summary>
    public static readonly TimeSpan MaxFailureRetention = TimeSpan.FromMinutes(5);

    private readonly List<X509Certificate2> _trustedRoots = [];

    /// <summary>
    /// The recursive servers to ask, in this order, each as <see cref="DnsServerEndpoint.TryParse"/> reads it. Empty, which is the default,
    /// asks the servers of the operating system. Assign a list to replace what configuration set; add to it to extend that.
    /// </summary>
    /// <value>At most <see cref="MaxServers"/>.</value>
    [SuppressMessage(
        "Usage",
        "CA2227:Collection properties should be read only",
        Justification = "Code that assigns a list wins over configuration, as it does with every other option.")]
    public IList<string> Servers { get; set; } = [];

    /// <summary>Whose word to take.</summary>
    /// <value>
    /// <see langword="null"/> by default: the servers of the zone where <see cref="Servers"/> is empty, and <see cref="Servers"/> where
    /// somebody has named them.
    /// </value>
    public DnsLookupMode? Mode { get; set; }

    /// <summary><see cref="Mode"/>, or what its absence means.</summary>
    internal DnsLookupMode EffectiveMode => Mode ?? (Servers.Count == 0 ? DnsLookupMode.Authoritative : DnsLookupMode.Resolvers);

    /// <summary>
    /// Where the name space begins, as <see cref="Servers"/> are written. Empty, which is the default, stands for the root servers of the
    /// Internet. The first one's port is that of every server of the name space, and special-purpose addresses, such as private ones, are
    /// asked only where one of these is such an address.
    /// </summary>
    /// <value>At most <see cref="MaxRootHints"/>.</value>
    [SuppressMessage(
        "Usage",
        "CA2227:Collection properties should be read only",
        Justification = "Code that assigns a list wins over configuration, as it does with every other option.")]
    public IList<string> RootHints { get; set; } = [];

    /// <summary>How long to wait for one response.</summary>
    /// <value>10 ms to 1 min; 2 s by default.</value>
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a server that does not answer in time is tried.</summary>
    /// <value>1 to 3; 2 by default.</value>
    public int TriesPerServer { get; set; } = 2;

    /// <summary>
    /// How many queries of this resolver may wait for one server at a time, so that no provider's servers are flooded. What is more waits
    /// in the order of coming, within its <see cref="Deadline"/>.
    /// </summary>
    /// <value>1 to 65,535; 256 by default.</value>
    public int MaxInFlightPerServer { get; set; } = 256;

    /// <summary>How long a whole look-up may take, all servers, tries and aliases together.</summary>
    /// <value>10 ms to 1 min; 10 s by default.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a look-up that failed is answered from memory at the most: a second at first, twice as long after each further failure
    /// (RFC 9520, section 3.2). Nothing else is kept. Zero keeps no failure either, which is for tests.
    /// </summary>
    /// <value>Zero, or 1 s to 5 min; 30 s by default.</value>
    public TimeSpan FailureRetention { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Over what to send queries to servers that are spoken with in clear text; the others have but one way.</summary>
    /// <value><see cref="DnsTransportMode.UdpThenTcp"/> by default.</value>
    public DnsTransportMode Transport { get; set; } = DnsTransportMode.UdpThenTcp;

    // No property: what binds configuration would take it for an option.
    internal IReadOnlyList<X509Certificate2> GetTrustedRoots() => _trustedRoots;

    /// <summary>
    /// Trusts certificates of servers over TLS and HTTPS only where they lead to one of these roots, instead of those of the operating system:
    /// for a private authority. All else about a certificate is checked as ever. It cannot be set by configuration.
    /// </summary>
    /// <param name="roots">The certificates of the authorities. They stay the caller's own and are added to earlier ones.</param>
    public void TrustOnly(params X509Certificate2[] roots)
    {
        ArgumentNullException.ThrowIfNull(roots);
        _trustedRoots.AddRange(roots);
    }

    /// <summary>Checks all values.</summary>
    /// <returns>A sentence for each fault, naming the option, its value and what is allowed; empty where nothing is wrong.</returns>
    public IReadOnlyList<string> Validate()
    {
        List<string> faults = [];
        if (Servers.Count > MaxServers)
        {
            faults.Add(Fault($"{nameof(Servers)} has {Servers.Count} entries; at most {MaxServers} are allowed."));
        }

        for (var i = 0; i < Servers.Count; i++)
        {
            if (!DnsServerEndpoint.TryParse(Servers[i], out _))
            {
                faults.Add(Fault($"{nameof(Servers)}[{i}] is '{Servers[i]}'; allowed is {ServerNotation.Allowed}."));
            }
        }

        if (RootHints.Count > MaxRootHints)
        {
            faults.Add(Fault($"{nameof(RootHints)} has {RootHints.Count} entries; at most {MaxRootHints} are allowed."));
        }

        for (var i = 0; i < RootHints.Count; i++)
        {
            if (!DnsServerEndpoint.TryParse(RootHints[i], out var hint) || hint.Protocol != DnsServerProtocol.Clear)
            {
                faults.Add(Fault($"{nameof(RootHints)}[{i}] is '{RootHints[i]}'; allowed is {ServerNotation.AllowedInClearText}."));
            }
        }

        if (Mode is { } mode && !Enum.IsDefined(mode))
        {
            faults.Add(Fault($"{nameof(Mode)} is {Mode:D}; allowed is {string.Join(" or ", Enum.GetNames<DnsLookupMode>())}."));
        }

        if (TryTimeout < MinTimeout || TryTimeout > MaxTimeout)
        {
            faults.Add(Fault($"{nameof(TryTimeout)} is {TryTimeout:c}; allowed is {MinTimeout:c} to {MaxTimeout:c}."));
        }

        if (TriesPerServer is < 1 or > MaxTriesPerServer)
        {
            faults.Add(Fault($"{nameof(TriesPerServer)} is {TriesPerServer}; allowed is 1 to {MaxTriesPerServer}."));
        }

        if (MaxInFlightPerServer is < 1 or > ushort.MaxValue)
        {
            faults.Add(Fault($"{nameof(MaxInFlightPerServer)} is {MaxInFlightPerServer}; allowed is 1 to {ushort.MaxValue}."));
        }

        if (Deadline < MinTimeout || Deadline > MaxTimeout)
        {
            faults.Add(Fault($"{nameof(Deadline)} is {Deadline:c}; allowed is {MinTimeout:c} to {MaxTimeout:c}."));
        }

        if (FailureRetention != TimeSpan.Zero && (FailureRetention < FailureMemory.Shortest || FailureRetention > MaxFailureRetention))
        {
            faults.Add(Fault(
                $"{nameof(FailureRetention)} is {FailureRetention:c}; allowed is zero, or {FailureMemory.Shortest:c} to {MaxFailureRetention:c}."));
        }

        if (!Enum.IsDefined(Transport))
        {
            faults.Add(Fault($"{nameof(Transport)} is {Transport:D}; allowed is {string.Join(" or ", Enum.GetNames<DnsTransportMode>())}."));
        }

        return faults;
    }

    private static string Fault(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
