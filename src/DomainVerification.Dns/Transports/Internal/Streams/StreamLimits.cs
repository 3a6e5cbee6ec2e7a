namespace DomainVerification.Dns;

/// <summary>What bounds the connections of a transport over streams, whatever servers do.</summary>
internal sealed record StreamLimits
{
    public static readonly StreamLimits Default = new();

    /// <summary>The most connections to all servers together.</summary>
    public int Connections { get; init; } = 256;

    /// <summary>
    /// The most connections to one server that take queries; RFC 7766, section 6.2.2, wants few. As many again may wait for last answers.
    /// </summary>
    public int ConnectionsPerServer { get; init; } = 2;

    /// <summary>The most queries that wait for their answers on one connection.</summary>
    public int QueriesInFlight { get; init; } = 128;

    /// <summary>The most queries in the life of one connection.</summary>
    public int QueriesPerConnection { get; init; } = 1_000;

    /// <summary>The most queries whose askers have gone and whose answers may still come.</summary>
    public int AbandonedQueries { get; init; } = 32;

    /// <summary>How long a connection with queries under way may bring nothing; once one of them has timed out it gets no more then.</summary>
    public TimeSpan SilenceTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection stays open without queries.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long connecting may take, for all who wait for the connection together.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(10);
}
