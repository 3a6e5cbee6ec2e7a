using DomainVerification.Tests.Transfers;
using static DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Tests.Diagnostics;

/// <summary>For each code of a takeover what causes it.</summary>
internal static class TransferScenarios
{
    public static async Task<DomainVerificationError?> RunAsync(string code)
    {
        await using var world = TransferWorld.Create(
            options =>
            {
                options.GracePeriod = code == TransferWaiting ? TimeSpan.FromDays(1) : TimeSpan.Zero;
                options.Policies = code == TransferRefused ? ["refusing"] : [];
            },
            build: builder => builder.AddTransferPolicy<Refusing>("refusing"));
        if (code is TransferWaiting or TransferRefused)
        {
            return (await world.ClaimAsync((await world.ContestedAsync()).Bob)).Error;
        }

        if (code is UndoNotPossible)
        {
            var taken = (await world.ClaimAsync((await world.ContestedAsync()).Bob)).RequireClaim();
            return (await world.Reviews().UndoAsync(taken.Id, new TransferReviewDecision(TransferWorld.Operator, null))).Error;
        }

        var (ann, review) = await world.InReviewAsync();
        var decision = new TransferReviewDecision(ClaimActor.User(code == ReviewerIsParty ? "bob" : "operator"), review.Version);
        switch (code)
        {
            case TransferInReview:
                return (await world.ClaimAsync((await world.Store.FindAsync(review.Claim, default))!)).Error;
            case ReviewNotFound:
                return (await world.Reviews().RejectAsync(ann.Id, decision)).Error;
            case ReviewStale:
                await world.Manager.UnclaimAsync(ClaimReference.To(ann));
                break;
        }

        return (await world.Reviews().ApproveAsync(review.Claim, decision)).Error;
    }

    private sealed class Refusing : ITransferPolicy
    {
        public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken) =>
            ValueTask.FromResult(TransferDecision.Refuse("legal_hold"));
    }
}
