using System.Data.Common;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace DomainVerification.EntityFrameworkCore.Internal;

/// <summary>
/// Tries again what the database took back to let somebody else go first: serialization failures and deadlocks. Nothing else: whether a
/// commit was written before its connection broke, nobody here knows.
/// </summary>
internal sealed partial class TransientFailures
{
    public const int MaximumRetries = 8;
    private const string SerializationFailure = "40001";
    private const string DeadlockDetected = "40P01";

    private readonly ResiliencePipeline _pipeline;

    public TransientFailures(TimeProvider time, ILogger logger) => _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(exception =>
                StateOf(exception) is SerializationFailure or DeadlockDetected),
            MaxRetryAttempts = MaximumRetries,
            Delay = TimeSpan.FromMilliseconds(5),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = retry =>
            {
                Log.TakenBack(logger, StateOf(retry.Outcome.Exception), retry.AttemptNumber + 1);
                return default;
            },
        })
        .Build();

    public async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(
            static async (run, token) => await run(token).ConfigureAwait(false), call, cancellationToken).ConfigureAwait(false);

    /// <summary>What the database said, also where EF Core put an exception of its own around it, as it does for what runs through it.</summary>
    private static string? StateOf(Exception? exception) => (exception as DbException ?? exception?.InnerException as DbException)?.SqlState;

    private static partial class Log
    {
        [LoggerMessage(
            6000,
            LogLevel.Debug,
            "The database took a transaction back ({SqlState}); try {Attempt} follows",
            EventName = "TransactionTakenBack")]
        public static partial void TakenBack(ILogger logger, string? sqlState, int attempt);
    }
}
