namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>Something that domain verification stands on. It may throw and take its time; <see cref="PartRun"/> sees to both.</summary>
internal abstract class HealthPart
{
    public abstract DomainVerificationHealthParts Part { get; }

    /// <summary>The name of its entry in the report, and in front of those of its figures.</summary>
    public abstract string Key { get; }

    public abstract string FaultedCode { get; }

    public abstract string TimedOutCode { get; }

    public abstract Task<PartReport> LookAsync(DomainVerificationHealthOptions options, CancellationToken cancellationToken);
}
