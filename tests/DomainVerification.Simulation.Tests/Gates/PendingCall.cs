using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>A call that a node waits for. The simulator decides when it is done, whether, and whether the node hears of it.</summary>
internal abstract class PendingCall(string name, Node node)
{
    public string Name { get; } = name;

    public Node Node { get; } = node;

    /// <summary>Does it; the node does not know yet.</summary>
    public abstract void Do();

    /// <summary>Lets the node hear how it went; what the node does next runs inside this call.</summary>
    public abstract void Answer();

    /// <summary>Lets the node hear of a failure, whether it was done or not.</summary>
    public abstract void Fail();
}

/// <summary>A call with its answer.</summary>
internal sealed class PendingCall<T>(string name, Node node, Func<T> action) : PendingCall(name, node)
{
    // Continuations run where the answer is given: nothing may leave the simulator's thread.
    private readonly TaskCompletionSource<T> _answer = new();
    private T? _result;
    private Exception? _exception;

    public Task<T> Task => _answer.Task;

    public override void Do()
    {
        try
        {
            _result = action();
        }
        catch (Exception exception)
        {
            _exception = exception;
        }
    }

    public override void Answer()
    {
        if (_exception is not null)
        {
            _answer.SetException(_exception);
        }
        else
        {
            _answer.SetResult(_result!);
        }
    }

    public override void Fail() => _answer.SetException(new SimulatedOutageException());
}
