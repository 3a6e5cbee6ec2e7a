using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>Reads what comes to ports, and hands it to them.</summary>
internal abstract class UdpReceiver
{
    /// <summary>More than the payload size that queries announce, so that a server that sends too much is still heard.</summary>
    public const int BufferLength = 4096;

    /// <summary>The best that the operating system has.</summary>
    public static UdpReceiver Create() => Epoll.IsAvailable ? new EpollReceiver() : new TaskReceiver();

    /// <summary>What hands ended queries to their callers.</summary>
    public virtual PoolCompletions Completions { get; } = new();

    /// <summary>Whether queries of a <see cref="UdpLane"/> may be received there instead.</summary>
    public virtual bool HasLanes => false;

    /// <summary>
    /// Whether a port is first looked at by the thread that sends from it (<see cref="UdpPort.Poll"/>), before anybody waits for packets;
    /// as it is at this moment, so to be asked once for a port.
    /// </summary>
    /// <param name="server">Whom it is connected to.</param>
    /// <param name="isShared">Whether many answers may come at once.</param>
    public virtual bool Polls(DnsServerEndpoint server, bool isShared) => false;

    /// <summary>Opens a socket whose packets it can read.</summary>
    /// <param name="server">Whom it is connected to.</param>
    /// <param name="isShared">Whether many answers may come at once.</param>
    /// <param name="polls">What <see cref="Polls"/> said.</param>
    /// <exception cref="SocketException">No socket could be had, or there is no way to the server.</exception>
    public abstract UdpSocket Open(DnsServerEndpoint server, bool isShared, bool polls = false);

    /// <summary>Begins to read a port; one that polls after <see cref="Await"/> only.</summary>
    /// <exception cref="SocketException">The system has no room for it; it is not read.</exception>
    public abstract void Add(UdpPort port);

    /// <summary>Reads a port that polled, from now on.</summary>
    public virtual void Await(UdpPort port)
    {
    }

    /// <summary>Reads a port no more, and closes its socket.</summary>
    public abstract void Close(UdpPort port);

    /// <summary>Sends a query from its port, at once or as soon as its thread has time.</summary>
    public virtual void Send(UdpPort port, UdpOperation operation) => port.Send(operation);
}
