using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>What the host knows of the use of a domain, as the simulation has it.</summary>
internal sealed class GatedActivity(Node node, SimulationRun simulation) : IHolderActivity
{
    public ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken) =>
        new(simulation.CallAsync(node, "observe", () => simulation.Uses.Of(holder.Owner, holder.Domain)));
}
