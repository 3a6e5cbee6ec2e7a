namespace DomainVerification.Dns.Tests;

public sealed class OwnTimerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly AsyncLocal<string?> Caller = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ring_HasNothingOfWhoMadeTheTimer(bool isSuppressed)
    {
        Caller.Value = "one";
        TaskCompletionSource<string?> rung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ITimer timer;
        if (isSuppressed)
        {
            using var suppressed = ExecutionContext.SuppressFlow();
            timer = OwnTimer.Create(TimeProvider.System, Ring, rung);
        }
        else
        {
            timer = OwnTimer.Create(TimeProvider.System, Ring, rung);
        }

        Assert.False(ExecutionContext.IsFlowSuppressed());
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.Null(await rung.Task.WaitAsync(Patience));
        await timer.DisposeAsync();
    }

    private static void Ring(object? rung) => ((TaskCompletionSource<string?>)rung!).SetResult(Caller.Value);
}
