using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Tests.Web;

/// <summary>What a host logs, for tests that wait until it has.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    /// <summary>Waits for the next line of an event that says something.</summary>
    public async Task<string> FindAsync(string eventId, string text)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var line = await _lines.Reader.ReadAsync(deadline.Token);
            if (line.StartsWith(eventId + " ", StringComparison.Ordinal) && line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) => _lines.Writer.TryWrite($"{eventId.Id} {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
