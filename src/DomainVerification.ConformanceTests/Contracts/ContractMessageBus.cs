using Xunit.Abstractions;
using Xunit.Sdk;

namespace DomainVerification.ConformanceTests;

/// <summary>Turns what a fact threw into what the author of a store should read.</summary>
internal sealed class ContractMessageBus(IMessageBus inner, ContractAttribute contract) : IMessageBus
{
    /// <summary>How many failures were skips in truth.</summary>
    public int Skipped { get; private set; }

    public bool QueueMessage(IMessageSinkMessage message)
    {
        if (message is not ITestFailed failed)
        {
            return inner.QueueMessage(message);
        }

        if (failed.ExceptionTypes.FirstOrDefault() == typeof(ContractSkippedException).FullName)
        {
            Skipped++;
            return inner.QueueMessage(new TestSkipped(failed.Test, failed.Messages[0]));
        }

        string[] messages = [contract.Explain(failed.Messages.FirstOrDefault() ?? string.Empty), .. failed.Messages.Skip(1)];
        return inner.QueueMessage(new TestFailed(
            failed.Test,
            failed.ExecutionTime,
            failed.Output,
            failed.ExceptionTypes,
            messages,
            failed.StackTraces,
            failed.ExceptionParentIndices));
    }

    /// <summary>Leaves the bus that it stands before alone: it belongs to the caller.</summary>
    public void Dispose()
    {
    }
}
