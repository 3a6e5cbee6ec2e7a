using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>An event handler that may fail before or after it has heard, be slow, or never answer.</summary>
internal sealed class GatedHandler(Node node, SimulationRun simulation, string name) : IClaimEventHandler
{
    public Task HandleAsync(ClaimEvent claimEvent, CancellationToken cancellationToken) =>
        simulation.CallAsync(
            node,
            "tell",
            () =>
            {
                if (simulation.Draws(weather => weather.Deafness))
                {
                    throw new SimulatedOutageException();
                }

                simulation.Ledger.NoteTold(name, claimEvent);
                return simulation.Draws(weather => weather.Deafness) ? throw new SimulatedOutageException() : true;
            },
            mayHang: true);
}
