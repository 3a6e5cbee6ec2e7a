using Microsoft.Extensions.Logging;

namespace DomainVerification.Kill.Host;

/// <summary>Reports what the worker survives and logs, so that the test sees it.</summary>
internal sealed class FaultLoggerProvider(Reports reports) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        // A lease that ran out cancels its operation; that is no outage.
        if (exception is not null and not OperationCanceledException)
        {
            reports.Write(Reports.Faulted, formatter(state, exception), exception);
        }
    }
}
