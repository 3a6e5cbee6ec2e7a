using static DomainVerification.Tests.Proofs.Batches.BatchWorld;

namespace DomainVerification.Tests.Proofs.Batches;

/// <summary>What holds for every checker that is given many requests; so many that DNS is asked on a lane, and so few that it is not.</summary>
public class CheckAllTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, int> Checkers => new()
    {
        { BatchWorld.Dns, 10 },
        { BatchWorld.Dns, 100 },
        { Custom, 100 },
        { BatchWorld.File, 20 },
    };

    [Theory]
    [MemberData(nameof(Checkers))]
    public async Task FirstIsAnsweredLast_ReportsAreInTheOrderOfTheRequests(string kind, int count)
    {
        await using var world = new BatchWorld(kind);
        var requests = world.Requests(count);
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Asked.Before = async (label, _) =>
        {
            if (label == Label(count - 1))
            {
                last.TrySetResult();
            }
            else if (label == Label(0))
            {
                await last.Task.ConfigureAwait(false);
            }
        };

        var reports = await world.Checker.CheckAllAsync(requests, 8, default).WaitAsync(Patience);

        Assert.Equal(
            Enumerable.Range(0, count).Select(number => number % 2 == 0 ? ProofOutcome.Proved : ProofOutcome.NotProved),
            reports.Select(report => report.Outcome));
        Assert.All(reports.Zip(requests), pair => Assert.Contains(pair.Second.Record.Name, Questions(pair.First), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Checkers))]
    public async Task EmptyList_GivesNoReport(string kind, int count)
    {
        await using var world = new BatchWorld(kind);
        _ = world.Requests(count);

        Assert.Empty(await world.Checker.CheckAllAsync([], 8, default));
        Assert.Empty(world.Asked.Begun);
    }

    [Theory]
    [MemberData(nameof(Checkers))]
    public async Task BadArgument_IsRefused_AndNothingIsAsked(string kind, int count)
    {
        await using var world = new BatchWorld(kind);
        var requests = world.Requests(count);
        var holed = requests.ToArray();
        holed[^1] = null!;

        Assert.Equal("requests", (await ThrowsAsync<ArgumentNullException>(null!, 8)).ParamName);
        Assert.Equal("requests", (await ThrowsAsync<ArgumentNullException>(holed, 8)).ParamName);
        Assert.Equal("maxInFlight", (await ThrowsAsync<ArgumentOutOfRangeException>(requests, 0)).ParamName);
        Assert.Equal("maxInFlight", (await ThrowsAsync<ArgumentOutOfRangeException>(requests, -1)).ParamName);
        Assert.Equal("maxInFlight", (await ThrowsAsync<ArgumentOutOfRangeException>([], 0)).ParamName);
        Assert.Empty(world.Asked.Begun);

        Task<TException> ThrowsAsync<TException>(ProofRequest[] list, int maxInFlight)
            where TException : Exception => Assert.ThrowsAsync<TException>(() => world.Checker.CheckAllAsync(list, maxInFlight, default));
    }

    [Theory]
    [InlineData(BatchWorld.Dns, 20, 7)]
    [InlineData(BatchWorld.Dns, 500, 1)]
    [InlineData(BatchWorld.Dns, 500, 7)]
    [InlineData(BatchWorld.Dns, 500, 150)]
    [InlineData(Custom, 500, 1)]
    [InlineData(Custom, 500, 7)]
    [InlineData(BatchWorld.File, 40, 7)]
    public async Task SoManyAtOnceAreAsked_AndNoMore(string kind, int count, int maxInFlight)
    {
        await using var world = new BatchWorld(kind);
        var requests = world.Requests(count);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Asked.Before = async (_, _) =>
        {
            if (world.Asked.MostAtOnce >= maxInFlight)
            {
                full.TrySetResult();
            }

            await full.Task.ConfigureAwait(false);

            // So that one more would be seen beside the others.
            await Task.Yield();
        };

        await world.Checker.CheckAllAsync(requests, maxInFlight, default).WaitAsync(Patience);

        Assert.Equal((maxInFlight, count), (world.Asked.MostAtOnce, world.Asked.Begun.Count));
    }

    [Theory]
    [MemberData(nameof(Checkers))]
    public async Task CancelledBefore_Throws_AndNothingIsAsked(string kind, int count)
    {
        await using var world = new BatchWorld(kind);
        var requests = world.Requests(count);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => world.Checker.CheckAllAsync(requests, 8, new CancellationToken(canceled: true)));
        Assert.Empty(world.Asked.Begun);
    }

    [Theory]
    [MemberData(nameof(Checkers))]
    public async Task CancelledMeanwhile_ThoseUnderWayEnd_AndNoneBegins(string kind, int count)
    {
        await using var world = new BatchWorld(kind);
        var requests = world.Requests(count);
        using var source = new CancellationTokenSource();
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Asked.Before = async (_, token) =>
        {
            if (world.Asked.MostAtOnce == 4)
            {
                full.TrySetResult();
            }

            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false);
        };

        var checking = world.Checker.CheckAllAsync(requests, 4, source.Token);
        await full.Task.WaitAsync(Patience);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => checking.WaitAsync(Patience));
        Assert.Equal(4, world.Asked.Begun.Count);
    }

    [Theory]
    [MemberData(nameof(Checkers))]
    public async Task OneThrows_NoneBeginsAfterIt(string kind, int count)
    {
        await using var world = new BatchWorld(kind);
        var requests = world.Requests(count);
        var fault = new InvalidOperationException("A fault of the resolver.");
        world.Asked.Before = (label, _) => label == Label(4) ? throw fault : default;

        Assert.Same(fault, await Assert.ThrowsAsync<InvalidOperationException>(() => world.Checker.CheckAllAsync(requests, 1, default)));
        Assert.Equal(Enumerable.Range(0, 5).Select(Label), world.Asked.Begun.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(BatchWorld.Dns, 10)]
    [InlineData(BatchWorld.Dns, 100)]
    [InlineData(Custom, 100)]
    public async Task OneThrows_ThoseUnderWayAreWaitedFor(string kind, int count)
    {
        await using var world = new BatchWorld(kind);
        var requests = world.Requests(count);
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var fault = new TaskCompletionSource();
        var others = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isStopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Asked.Before = async (label, token) =>
        {
            using var stop = token.UnsafeRegister(static stopping => ((TaskCompletionSource)stopping!).TrySetResult(), isStopping);
            if (world.Asked.MostAtOnce == 4)
            {
                full.TrySetResult();
            }

            await (label == Label(2) ? fault : others).Task.ConfigureAwait(false);
        };

        var checking = world.Checker.CheckAllAsync(requests, 4, default);
        await full.Task.WaitAsync(Patience);

        // Off the context of the test framework, so that all that follows the fault has run when this returns.
        var error = new InvalidOperationException("A fault of the resolver.");
        await Task.Run(() => fault.SetException(error));
        if (kind == Custom)
        {
            // Its four begin on threads of their own, of which this one may be on its way to wait for the fault yet.
            await isStopping.Task.WaitAsync(Patience);
        }

        Assert.False(checking.IsCompleted);
        others.SetResult();

        Assert.Same(error, await Assert.ThrowsAsync<InvalidOperationException>(() => checking.WaitAsync(Patience)));
        Assert.Equal(4, world.Asked.Begun.Count);
    }

    private static string Questions(ProofReport report) => string.Join('\n', report.Observations.Select(seen => seen.Question));
}
