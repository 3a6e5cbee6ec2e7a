using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DomainVerification.Docs.Tests;

internal static class SnippetsTransfers
{
    public static void Activity(HostApplicationBuilder builder)
    {
        builder.Services
            .AddDomainVerification(options =>
            {
                options.Transfers.GracePeriod = TimeSpan.FromDays(7);
                options.Transfers.UndoWindow = TimeSpan.FromDays(3);
            })
            .UseHolderActivity<SendingActivity>();
    }

    public static void Policies(HostApplicationBuilder builder)
    {
        builder.Services
            .AddDomainVerification(options => options.Transfers.Policies = ["default", "quiet-hours"])
            .AddTransferPolicy<QuietHours>("quiet-hours");
    }

    public static void Handlers(HostApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification().AddClaimEventHandler<MailNotices>("mail");
    }

    public static async Task ListAsync(ITransferReviews reviews)
    {
        foreach (var review in (await reviews.ListAsync()).Reviews)
        {
            Console.WriteLine($"{review.Domain}: {review.Claimant} against {review.MaskedHolder}, because {string.Join(", ", review.Reasons)}");
            Console.WriteLine($"  holder's record: {review.HolderCheck?.Outcome}; last used {review.Activity.LastUsedAt}");
        }
    }

    public static async Task<string> ApproveAsync(ITransferReviews reviews, TransferReview review, string operatorId)
    {
        var decision = new TransferReviewDecision(ClaimActor.User(operatorId), review.Version, "The sale is in the registry.");
        var result = await reviews.ApproveAsync(review.Claim, decision);
        return result.Error is { } error ? $"{error.Code}: {error.Message}" : "approved";
    }

    public static async Task<string> UndoAsync(ITransferReviews reviews, ClaimId taken, string operatorId)
    {
        var decision = new TransferReviewDecision(ClaimActor.User(operatorId), ExpectedVersion: null, "The sale fell through.");
        var result = await reviews.UndoAsync(taken, decision);
        return result.Restored?.Owner ?? result.Error!.Code;
    }
}

internal interface IMailStatistics
{
    Task<DateTimeOffset?> LastSentAsync(string owner, string domain, CancellationToken cancellationToken);

    Task<int> ScheduledAsync(string owner, string domain, CancellationToken cancellationToken);
}

internal interface IMailer
{
    Task SendAsync(string owner, string text, CancellationToken cancellationToken);
}

#pragma warning disable IDE0040 // The docs show the classes as a host writes them.
sealed class SendingActivity(IMailStatistics mail) : IHolderActivity
{
    public async ValueTask<HolderActivity> ObserveAsync(DomainClaim holder, CancellationToken cancellationToken) => new()
    {
        LastUsedAt = await mail.LastSentAsync(holder.Owner, holder.Domain.Value, cancellationToken),
        PendingWork = await mail.ScheduledAsync(holder.Owner, holder.Domain.Value, cancellationToken),
    };
}

sealed class QuietHours(TimeProvider time) : ITransferPolicy
{
    public ValueTask<TransferDecision> DecideAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var opensAt = new DateTimeOffset(now.Date.AddHours(8), TimeSpan.Zero);
        return ValueTask.FromResult(now < opensAt ? TransferDecision.WaitUntil(opensAt, "quiet_hours") : TransferDecision.Allow);
    }
}

sealed class MailNotices(IMailer mailer) : IClaimEventHandler
{
    public Task HandleAsync(ClaimEvent claimEvent, CancellationToken cancellationToken) => claimEvent.Type switch
    {
        ClaimEventTypes.Contested => mailer.SendAsync(claimEvent.Owner, $"Somebody else has proved {claimEvent.Domain}.", cancellationToken),
        ClaimEventTypes.Released => mailer.SendAsync(claimEvent.Owner, $"You no longer hold {claimEvent.Domain}.", cancellationToken),
        _ => Task.CompletedTask,
    };
}
