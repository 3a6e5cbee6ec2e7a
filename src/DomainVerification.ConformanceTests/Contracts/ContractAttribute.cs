using Xunit.Sdk;

namespace DomainVerification.ConformanceTests;

/// <summary>
/// A fact of the kit: one sentence of a contract. Where the fact fails, its message begins with the sentence and with where it is written.
/// </summary>
/// <param name="sentence">What the contract says.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("DomainVerification.ConformanceTests.ContractDiscoverer", "DomainVerification.ConformanceTests")]
public sealed class ContractAttribute(string sentence) : FactAttribute
{
    /// <summary>What the contract says.</summary>
    public string Sentence { get; } = sentence;

    /// <summary>The members whose documentation says it, such as <c>IClaimStore.CommitAsync</c>.</summary>
    public required string Where { get; init; }

    /// <summary>The message of a fact that failed: the contract first, then what was seen.</summary>
    internal string Explain(string message) => $"The contract says: {Sentence} (see {Where})\n{message}";
}
