namespace DomainVerification.Dns;

/// <summary>Reads what comes to ports, and hands it to them.</summary>
internal abstract class UdpReceiver
{
    // More than the payload size that queries announce, so that a server that sends too much is still heard.
    protected const int BufferLength = 4096;

    /// <summary>The best that the operating system has.</summary>
    public static UdpReceiver Create() => Epoll.IsAvailable ? new EpollReceiver() : new TaskReceiver();

    /// <summary>Begins to read a port.</summary>
    public abstract void Add(UdpPort port);

    /// <summary>Forgets a port that is about to close.</summary>
    public abstract void Remove(UdpPort port);
}
