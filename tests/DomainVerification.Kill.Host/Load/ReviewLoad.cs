namespace DomainVerification.Kill.Host.Load;

/// <summary>
/// A reviewer who decides what waits for a decision, sometimes about a case as it was a while ago, and undoes some takeovers. Goes on
/// when the load stops, so that no case is left. What was acknowledged is reported.
/// </summary>
internal sealed class ReviewLoad(ITransferReviews reviews, IClaimStore store, HostArguments arguments, Reports reports)
{
    private static readonly ClaimActor Reviewer = ClaimActor.User("reviewer");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Random _random = new(arguments.Seed);
    private TransferReview? _old;
    private bool _started;

    /// <summary>Whether takeovers are undone, which is over when the load stops.</summary>
    internal bool Undoes { get; set; }

    internal void Start()
    {
        Undoes = true;
        if (!_started)
        {
            _started = true;
            _ = RunAsync();
        }
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        while (true)
        {
            try
            {
                await DecideAsync();
                if (Undoes)
                {
                    await UndoAsync();
                }
            }
            catch (Exception error)
            {
                reports.Write(Reports.Faulted, error);
            }

            await Task.Delay(Pause);
        }
    }

    private async Task DecideAsync()
    {
        var page = await reviews.ListAsync();
        if (page.Reviews.Count == 0)
        {
            return;
        }

        var review = _old is not null && _random.Next(5) == 0 ? _old : page.Reviews[_random.Next(page.Reviews.Count)];
        _old = review;
        var decision = new TransferReviewDecision(Reviewer, review.Version, "decided");
        Report(_random.Next(100) < 70
            ? await reviews.ApproveAsync(review.Claim, decision)
            : await reviews.RejectAsync(review.Claim, decision));
    }

    private async Task UndoAsync()
    {
        if (_random.Next(3) != 0)
        {
            return;
        }

        var page = await store.ListAsync(
            new ClaimQuery { Statuses = [ClaimStatus.Provisioning, ClaimStatus.Claimed] },
            CancellationToken.None);
        var taken = page.Claims.Where(claim => claim.Transfer is { State: TransferState.Done, Until: not null }).ToList();
        if (taken.Count > 0)
        {
            Report(await reviews.UndoAsync(taken[_random.Next(taken.Count)].Id, new TransferReviewDecision(Reviewer, null, "undone")));
        }
    }

    private void Report(TransferReviewResult result)
    {
        if (result.Status != TransferReviewStatus.Done)
        {
            return;
        }

        foreach (var claim in (DomainClaim?[])[result.Claim, result.Restored])
        {
            if (claim is not null)
            {
                reports.Write(Reports.Acknowledged, claim.Id, claim.Version, claim.Status);
            }
        }
    }
}
