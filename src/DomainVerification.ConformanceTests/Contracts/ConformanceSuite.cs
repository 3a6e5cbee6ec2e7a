namespace DomainVerification.ConformanceTests;

/// <summary>What all suites of the kit have in common. Derive from one of them, never from this class.</summary>
public abstract class ConformanceSuite : IAsyncLifetime
{
    private protected ConformanceSuite()
    {
    }

    /// <summary>
    /// Why nothing can be tested here, such as <c>postgres is not installed: apt-get install postgresql</c>; <see langword="null"/> where
    /// it can. Read before anything is made; each fact is then skipped with these words.
    /// </summary>
    protected virtual string? SkipReason => null;

    /// <summary>Makes what a fact needs. Called by xunit.</summary>
    public Task InitializeAsync() => SkipReason is { } reason ? throw new ContractSkippedException(reason) : SetUpAsync();

    /// <summary>Puts away what a fact used. Called by xunit.</summary>
    public Task DisposeAsync() => TearDownAsync();

    private protected abstract Task SetUpAsync();

    private protected abstract Task TearDownAsync();

    private protected static async ValueTask DisposeOfAsync(object subject)
    {
        switch (subject)
        {
            case IAsyncDisposable asynchronous:
                await asynchronous.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
            default:
                break;
        }
    }

    private protected static async Task AssertEachThrowsAsync<TException>(params (string Name, Func<Task> Call)[] calls)
        where TException : Exception
    {
        foreach (var (name, call) in calls)
        {
            var thrown = await Record.ExceptionAsync(call);
            var gave = thrown?.ToString() ?? "no exception";
            Assert.True(thrown is TException, $"{name} must throw an {typeof(TException).Name}, and gave: {gave}");
        }
    }
}
