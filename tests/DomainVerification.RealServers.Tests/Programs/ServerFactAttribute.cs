using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace DomainVerification.RealServers.Tests.Programs;

/// <summary>
/// A test of a class with <see cref="NeedsProgramsAttribute"/>: skipped where a program is missing, unless all are required; then it runs
/// and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(
    "DomainVerification.RealServers.Tests.Programs." + nameof(ServerFactDiscoverer),
    "DomainVerification.RealServers.Tests")]
public sealed class ServerFactAttribute : FactAttribute;

/// <summary>Makes test cases that know the class which they run in; an attribute of an inherited method does not.</summary>
public sealed class ServerFactDiscoverer(IMessageSink messages) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions,
        ITestMethod testMethod,
        IAttributeInfo factAttribute) =>
        [
            new ServerTestCase(
                messages,
                discoveryOptions.MethodDisplayOrDefault(),
                discoveryOptions.MethodDisplayOptionsOrDefault(),
                testMethod),
        ];
}

internal sealed class ServerTestCase : XunitTestCase
{
    [Obsolete("For deserialization only.")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ServerTestCase()
    {
    }

    internal ServerTestCase(IMessageSink messages, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(messages, display, options, method)
    {
    }

    protected override string? GetSkipReason(IAttributeInfo factAttribute)
    {
        var needs = TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsProgramsAttribute)).Single();
        var names = needs.GetNamedArgument<IReadOnlyCollection<string>>(nameof(NeedsProgramsAttribute.Names));
        return InstalledProgram.AreRequired ? null : InstalledProgram.Explain(names);
    }
}
