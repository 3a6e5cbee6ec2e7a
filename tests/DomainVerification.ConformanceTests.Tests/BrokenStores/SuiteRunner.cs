using System.Reflection;

namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>Runs the facts of a suite as xunit does, and tells what became of each.</summary>
internal static class SuiteRunner
{
    public static IReadOnlyList<MethodInfo> Facts(Type suite) =>
        [.. suite.GetMethods().Where(method => method.IsDefined(typeof(ContractAttribute), inherit: true))];

    /// <summary>What each fact threw, or null where it passed.</summary>
    public static async Task<Dictionary<string, Exception?>> RunAsync<TSuite>(Func<TSuite> create)
        where TSuite : ConformanceSuite
    {
        var results = new Dictionary<string, Exception?>();
        foreach (var fact in Facts(typeof(TSuite)))
        {
            results.Add(fact.Name, await RunAsync(create(), fact));
        }

        return results;
    }

    /// <summary>What one fact threw, or null where it passed.</summary>
    public static Task<Exception?> RunAsync<TSuite>(Func<TSuite> create, string fact)
        where TSuite : ConformanceSuite => RunAsync(create(), Facts(typeof(TSuite)).Single(method => method.Name == fact));

    private static async Task<Exception?> RunAsync(ConformanceSuite suite, MethodInfo fact)
    {
        try
        {
            await suite.InitializeAsync();
            try
            {
                await (Task)fact.Invoke(suite, null)!;
            }
            finally
            {
                await suite.DisposeAsync();
            }

            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
