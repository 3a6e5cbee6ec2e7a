namespace DomainVerification.ConformanceTests;

/// <summary>Starts calls at the same moment, on threads of the pool.</summary>
internal static class Concurrent
{
    public static async Task<T[]> RunAsync<T>(int count, Func<int, Task<T>> call)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, count).Select(async number =>
        {
            // Off the context of the test framework, which would run the calls one after the other.
            await start.Task.ConfigureAwait(false);
            return await call(number);
        }).ToList();
        start.SetResult();
        return await Task.WhenAll(calls);
    }
}
