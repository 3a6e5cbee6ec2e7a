using DomainVerification.Kill.Host.Killing;

namespace DomainVerification.Kill.Host.Notices;

/// <summary>An event handler that writes down what it is told, with a step before and after.</summary>
internal sealed class RecordingHandler(NoticeTable table, KillSwitch steps) : IClaimEventHandler
{
    internal const string Name = "notices";

    public async Task HandleAsync(ClaimEvent claimEvent, CancellationToken cancellationToken)
    {
        steps.Pass(KillSteps.BeforeNotice);
        await table.AddAsync(claimEvent, cancellationToken);
        steps.Pass(KillSteps.AfterNotice);
    }
}
