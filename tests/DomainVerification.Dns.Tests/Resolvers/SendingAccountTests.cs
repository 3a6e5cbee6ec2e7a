namespace DomainVerification.Dns.Tests;

public sealed class SendingAccountTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly Testing.ManualTimeProvider _clock = new();

    [Fact]
    public void SendingsThatWereMadeBefore_Count()
    {
        SendingAccount account = new(_clock, Deadline, maximum: 14);

        account.Charge(12);

        Assert.NotNull(account.TryBegin());
        Assert.False(account.IsSpent);
        Assert.NotNull(account.TryBegin());
        Assert.True(account.IsSpent);
        Assert.Null(account.TryBegin());
    }

    [Fact]
    public void Time_CountsFromTheBeginningOfTheLookup()
    {
        SendingAccount account = new(_clock, Deadline, maximum: 2);
        var started = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(4));

        account.Begin(started);

        Assert.Equal(TimeSpan.FromSeconds(1), account.TryBegin());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(account.TryBegin());
    }
}
