using System.Data.Common;
using DomainVerification.EntityFrameworkCore.Internal;
using DomainVerification.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.EntityFrameworkCore.Tests;

/// <summary>What is tried again, and how often.</summary>
public sealed class TransientFailureTests
{
    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    public async Task Retry_TakenBackByTheDatabase_IsTriedAgainAndGivenUpInTheEnd(string state)
    {
        var tries = 0;
        var error = await Assert.ThrowsAsync<StateException>(() => RunAsync(() =>
        {
            tries++;
            return new StateException(state);
        }));

        Assert.Equal((state, TransientFailures.MaximumRetries + 1), (error.SqlState, tries));
    }

    [Fact]
    public async Task Retry_TakenBackInsideAnExceptionOfEntityFrameworkCore_IsTriedAgain()
    {
        var tries = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(() =>
        {
            tries++;
            return new InvalidOperationException("Likely due to a transient failure.", new StateException("40001"));
        }));

        Assert.Equal(TransientFailures.MaximumRetries + 1, tries);
    }

    [Theory]
    [InlineData("57P01")]
    [InlineData("23505")]
    [InlineData(null)]
    public async Task Retry_AnythingElse_IsNotTriedAgain(string? state)
    {
        var tries = 0;
        await Assert.ThrowsAsync<StateException>(() => RunAsync(() =>
        {
            tries++;
            return new StateException(state);
        }));

        Assert.Equal(1, tries);
    }

    private static async Task RunAsync(Func<Exception> fail)
    {
        var clock = new ManualTimeProvider();
        var run = new TransientFailures(clock, NullLogger.Instance).RetryAsync<int>(_ => throw fail(), CancellationToken.None);
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await run;
    }

    private sealed class StateException(string? state) : DbException
    {
        public override string? SqlState => state;
    }
}
