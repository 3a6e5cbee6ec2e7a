namespace DomainVerification.LoadBenchmarks.Loading;

/// <summary>What wrk counted.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Requests">Answers in all.</param>
/// <param name="Errors">Answers of 400 and above, and everything that went wrong below HTTP.</param>
/// <param name="Median">Half of the answers came within this, in milliseconds.</param>
/// <param name="P99">99 of 100 answers came within this, in milliseconds.</param>
internal sealed record WrkRound(double PerSecond, long Requests, long Errors, double Median, double P99);
