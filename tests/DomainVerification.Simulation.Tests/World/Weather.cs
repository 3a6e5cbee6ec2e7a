namespace DomainVerification.Simulation.Tests.World;

/// <summary>
/// How rough a run is, each value in parts of a thousand; drawn anew for each seed, so that calm runs are among the stormy.
/// </summary>
internal sealed class Weather
{
    public Weather(SimulationRandom random)
    {
        FaultBefore = random.Below(60);
        FaultAfter = random.Below(60);
        Crash = random.Below(8);
        Restart = 50 + random.Below(200);
        Tick = 10 + random.Below(60);
        Start = 100 + random.Below(250);
        Refusal = random.Below(300);
        Failure = random.Below(200);
        Unproved = random.Below(400);
    }

    /// <summary>A call fails and was not done.</summary>
    public int FaultBefore { get; }

    /// <summary>A call is done, and fails all the same.</summary>
    public int FaultAfter { get; }

    /// <summary>A node dies instead of taking a step.</summary>
    public int Crash { get; }

    /// <summary>A dead node comes back.</summary>
    public int Restart { get; }

    /// <summary>The clock moves.</summary>
    public int Tick { get; }

    /// <summary>A node begins something.</summary>
    public int Start { get; }

    /// <summary>A provisioner wants to be asked again later.</summary>
    public int Refusal { get; }

    /// <summary>A provisioner cannot do it.</summary>
    public int Failure { get; }

    /// <summary>A look does not find the proof, or cannot be made.</summary>
    public int Unproved { get; }
}
