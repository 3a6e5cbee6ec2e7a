namespace DomainVerification.Simulation.Tests.World;

/// <summary>What became of an operation.</summary>
internal enum OperationState
{
    Waiting,
    Dead,
    Finished,
}

/// <summary>An operation of the outbox, as the commits tell it.</summary>
internal sealed class Operation(int number, ClaimWork work)
{
    public int Number { get; } = number;

    public ClaimWork Work { get; } = work;

    public OperationState State { get; set; }

    /// <summary>Whether it was a dead letter once, and so has lost its place in its queue.</summary>
    public bool WasDead { get; set; }

    /// <summary>Whether an operator has given it up when it was a dead letter.</summary>
    public bool WasGivenUp { get; set; }

    /// <summary>Whether a release, or a notice, took effect at least once.</summary>
    public bool IsDone { get; set; }

    /// <summary>What its provisioner said that it had made, each time that it said so.</summary>
    public List<IReadOnlyList<ProvisionedIdentity>> Answers { get; } = [];
}
