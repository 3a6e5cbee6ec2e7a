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
        Unanswered = random.Below(250);
        Lie = random.Chance(400) ? random.Below(120) : 0;
        Hang = random.Below(60);
        Down = random.Chance(300) ? 1 : 0;
        Deafness = random.Below(150);
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

    /// <summary>A look cannot be made.</summary>
    public int Unanswered { get; }

    /// <summary>A provisioner says that it did what it did not.</summary>
    public int Lie { get; }

    /// <summary>A call of a provisioner or a handler is not answered in any time that somebody waits.</summary>
    public int Hang { get; }

    /// <summary>A provisioner cannot be reached for a day.</summary>
    public int Down { get; }

    /// <summary>A handler fails before it has heard, or after.</summary>
    public int Deafness { get; }
}
