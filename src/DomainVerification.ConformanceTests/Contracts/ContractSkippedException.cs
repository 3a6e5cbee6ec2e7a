namespace DomainVerification.ConformanceTests;

/// <summary>Ends a fact that cannot run here. It is reported as skipped, with the message as the reason.</summary>
public sealed class ContractSkippedException : Exception
{
    /// <summary>Skips the fact without a reason. Prefer to give one.</summary>
    public ContractSkippedException()
        : base("No reason was given.")
    {
    }

    /// <summary>Skips the fact.</summary>
    /// <param name="message">Why it cannot run, and what to do so that it can.</param>
    public ContractSkippedException(string message)
        : base(message)
    {
    }

    /// <summary>Skips the fact because of something that went wrong.</summary>
    /// <param name="message">Why it cannot run, and what to do so that it can.</param>
    /// <param name="innerException">What went wrong.</param>
    public ContractSkippedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
