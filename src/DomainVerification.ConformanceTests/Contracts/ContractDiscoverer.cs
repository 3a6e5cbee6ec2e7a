using System.ComponentModel;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace DomainVerification.ConformanceTests;

/// <summary>Finds the facts of the kit for xunit, which makes it by its name.</summary>
/// <param name="messages">Where xunit takes diagnostics.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContractDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    /// <inheritdoc/>
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute) =>
        [
            new ContractTestCase(
                messages,
                discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod),
        ];
}

/// <summary>A fact whose failure is explained, and which can find only while it runs that it must be skipped.</summary>
internal sealed class ContractTestCase : XunitTestCase
{
    [Obsolete("For deserialization only.")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ContractTestCase()
    {
    }

    internal ContractTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method)
    {
    }

    public override async Task<RunSummary> RunAsync(
        IMessageSink diagnosticMessageSink,
        IMessageBus messageBus,
        object[] constructorArguments,
        ExceptionAggregator aggregator,
        CancellationTokenSource cancellationTokenSource)
    {
        var contract = TestMethod.Method.ToRuntimeMethod().GetCustomAttribute<ContractAttribute>(inherit: true)!;
        using var bus = new ContractMessageBus(messageBus, contract);
        var summary = await base.RunAsync(diagnosticMessageSink, bus, constructorArguments, aggregator, cancellationTokenSource);
        summary.Failed -= bus.Skipped;
        summary.Skipped += bus.Skipped;
        return summary;
    }
}
