namespace DomainVerification.Dns;

/// <summary>The memory of a lane, which serves the next one after its end.</summary>
internal sealed class LaneBuffers
{
    private static readonly IdleObjects<LaneBuffers> Idle = new(Environment.ProcessorCount);

    /// <summary>Where packets are received.</summary>
    public PacketBatch Received { get; } = EpollSet.CreateBatch();

    /// <summary>The queries that are to be sent.</summary>
    public UdpOutbox Outgoing { get; } = new();

    /// <summary>The queries that have ended.</summary>
    public Queue<UdpOperation> Ended { get; } = new();

    public static LaneBuffers Rent() => Idle.TryTake(out var buffers) ? buffers : new LaneBuffers();

    /// <summary>Takes them back, empty.</summary>
    public static void Return(LaneBuffers buffers) => Idle.TryKeep(buffers);
}
