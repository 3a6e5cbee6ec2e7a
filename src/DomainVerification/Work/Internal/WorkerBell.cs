using System.Threading.Channels;

namespace DomainVerification.Work.Internal;

/// <summary>Wakes the worker of this process before its pause is over. Nobody hears it where no worker runs.</summary>
internal sealed class WorkerBell
{
    // Room for one: a bell that was rung during a round begins exactly one more.
    private readonly Channel<bool> _rung = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, AllowSynchronousContinuations = false });

    /// <summary>Asks for a round at once.</summary>
    public void Ring() => _rung.Writer.TryWrite(true);

    /// <summary>Completes when the bell was rung since the last completed wait.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _rung.Reader.ReadAsync(cancellationToken).AsTask();
}
