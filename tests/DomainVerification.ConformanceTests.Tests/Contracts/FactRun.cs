using Xunit.Abstractions;
using Xunit.Sdk;

namespace DomainVerification.ConformanceTests.Tests.Contracts;

/// <summary>One fact of a suite, run the way xunit runs it, and all that it reported.</summary>
internal sealed class FactRun : LongLivedMarshalByRefObject, IMessageBus, IMessageSink
{
    private FactRun()
    {
    }

    public List<IMessageSinkMessage> Messages { get; } = [];

    public RunSummary Summary { get; private set; } = new();

    public static async Task<FactRun> OfAsync(Type suite, string fact)
    {
        var run = new FactRun();
        var collection = new TestCollection(new TestAssembly(Reflector.Wrap(suite.Assembly)), null, "suites of a test");
        var method = new TestMethod(new TestClass(collection, Reflector.Wrap(suite)), Reflector.Wrap(suite.GetMethod(fact)!));
        var attribute = method.Method.GetCustomAttributes(typeof(ContractAttribute)).Single();
        var test = new ContractDiscoverer(run).Discover(new DefaultOptions(), method, attribute).Single();
        using var source = new CancellationTokenSource();
        run.Summary = await test.RunAsync(run, run, [], new ExceptionAggregator(), source);
        return run;
    }

    public T Single<T>() => Assert.Single(Messages.OfType<T>());

    public bool QueueMessage(IMessageSinkMessage message)
    {
        Messages.Add(message);
        return true;
    }

    public bool OnMessage(IMessageSinkMessage message) => true;

    public void Dispose()
    {
    }

    private sealed class DefaultOptions : LongLivedMarshalByRefObject, ITestFrameworkDiscoveryOptions
    {
        public TValue GetValue<TValue>(string name) => default!;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }
}
