using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>Checks the worker's options.</summary>
internal sealed class WorkerOptionsValidator : IValidateOptions<DomainVerificationWorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, DomainVerificationWorkerOptions options)
    {
        var rules = new OptionRules($"{DomainVerificationWorkerOptions.SectionName}:");
        rules.Range(nameof(options.PollInterval), options.PollInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        rules.Range(nameof(options.BatchSize), options.BatchSize, 1, 10_000);
        rules.Range(nameof(options.Concurrency), options.Concurrency, 1, 4096);
        rules.Range(nameof(options.LeaseDuration), options.LeaseDuration, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        rules.Range(nameof(options.MaximumAttempts), options.MaximumAttempts, 1, 1000);
        return rules.Failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(rules.Failures);
    }
}
