namespace DomainVerification.Dns;

/// <summary>The transports that a resolver makes for itself, and closes with itself.</summary>
internal sealed class OwnTransports(TimeProvider timeProvider) : IAsyncDisposable, IDisposable
{
    public UdpDnsTransport Datagrams { get; } = new(timeProvider);

    public TcpDnsTransport Streams { get; } = new(timeProvider);

    public void Dispose()
    {
        Datagrams.Dispose();
        Streams.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Datagrams.Dispose();
        return Streams.DisposeAsync();
    }
}
