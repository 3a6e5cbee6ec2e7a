using DomainVerification.Simulation.Tests.World;

namespace DomainVerification.Simulation.Tests.Gates;

/// <summary>
/// A host's own policy, which stands beside the default one. What it decides follows from the holder, so that it can be checked.
/// </summary>
internal sealed class GatedPolicy(Node node, SimulationRun simulation) : ITransferPolicy
{
    public const string Name = "host";

    /// <summary>Above so many uses, a holder keeps its domain.</summary>
    public const long TooMany = 100;

    public static readonly TimeSpan Held = TimeSpan.FromMinutes(25);
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(15);

    public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
        new(simulation.CallAsync(node, "policy", () => Decide(request.Holder.Owner, request.Activity, request.HeldSince)));

    public static TransferDecision Decide(string holder, HolderActivity activity, DateTimeOffset heldSince) => holder switch
    {
        _ when activity.RecentUses > TooMany => TransferDecision.Refuse("host_refuses"),
        "owner-0" => TransferDecision.Review("host_important"),

        // Mostly over by the time that it is said.
        "owner-1" => TransferDecision.WaitUntil(heldSince + Held, "host_young"),
        "owner-2" => TransferDecision.Reprove("host_doubts", Within),
        _ => TransferDecision.Allow,
    };
}
