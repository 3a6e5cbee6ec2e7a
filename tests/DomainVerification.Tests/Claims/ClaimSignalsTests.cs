using DomainVerification.Claims.Internal;

namespace DomainVerification.Tests.Claims;

/// <summary>Signals within one process.</summary>
public class ClaimSignalsTests
{
    private readonly InProcessClaimSignals _signals = new();
    private readonly ClaimId _claim = ClaimId.New(TimeProvider.System);
    private readonly ClaimId _other = ClaimId.New(TimeProvider.System);

    [Fact]
    public async Task Many_changes_between_two_waits_are_one_signal()
    {
        using var listener = _signals.Subscribe(_claim);
        _signals.Raise([_claim, _other]);
        _signals.Raise([_claim]);

        await listener.WaitAsync(default);

        var next = listener.WaitAsync(default);
        Assert.False(next.IsCompleted);
        _signals.Raise([_claim]);
        await next;
    }

    [Fact]
    public void Others_claims_and_what_was_raised_before_are_no_signal()
    {
        _signals.Raise([_claim]);
        using var listener = _signals.Subscribe(_claim);

        var wait = listener.WaitAsync(default);
        _signals.Raise([_other]);

        Assert.False(wait.IsCompleted);
    }

    [Fact]
    public async Task All_listeners_of_a_claim_are_woken_and_none_that_has_left()
    {
        using var one = _signals.Subscribe(_claim);
        using var two = _signals.Subscribe(_claim);
        using var left = _signals.Subscribe(_claim);
        left.Dispose();

        _signals.Raise([_claim]);

        await one.WaitAsync(default);
        await two.WaitAsync(default);
        Assert.False(left.WaitAsync(default).IsCompleted);
        one.Dispose();
        one.Dispose();
        Assert.Equal(1, _signals.Count);
        two.Dispose();
        Assert.Equal(0, _signals.Count);
    }

    [Fact]
    public async Task A_wait_ends_with_its_token_and_loses_no_signal()
    {
        using var listener = _signals.Subscribe(_claim);
        using var stop = new CancellationTokenSource();
        var wait = listener.WaitAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        _signals.Raise([_claim]);
        await listener.WaitAsync(default);
    }
}
