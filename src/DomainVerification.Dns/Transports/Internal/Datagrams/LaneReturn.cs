using System.Runtime.CompilerServices;

namespace DomainVerification.Dns;

/// <summary>The way back to a lane's thread, for whoever awaits it. See <see cref="UdpLane.Return"/>.</summary>
internal readonly struct LaneReturn(UdpLane lane) : ICriticalNotifyCompletion
{
    public bool IsCompleted => UdpLane.Current == lane;

    public LaneReturn GetAwaiter() => this;

    public void GetResult()
    {
        // Nothing can go wrong on the way.
    }

    public void OnCompleted(Action continuation) => lane.Post(continuation);

    public void UnsafeOnCompleted(Action continuation) => lane.Post(continuation);
}
