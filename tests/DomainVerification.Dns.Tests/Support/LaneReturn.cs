using System.Runtime.CompilerServices;

namespace DomainVerification.Dns.Tests;

/// <summary>The way back to a lane's thread, for whoever awaits it there.</summary>
internal readonly struct LaneReturn(UdpLane lane) : INotifyCompletion
{
    public bool IsCompleted => false;

    public LaneReturn GetAwaiter() => this;

    public void GetResult() => Assert.Same(lane, UdpLane.Current);

    public void OnCompleted(Action continuation) => lane.Post(continuation);
}
