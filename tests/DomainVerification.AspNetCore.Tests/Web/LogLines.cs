using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DomainVerification.AspNetCore.Tests.Web;

/// <summary>What a host logs, for tests that wait until it has.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _all = [];

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

    /// <summary>The lines of an event so far.</summary>
    public IReadOnlyList<string> Of(string eventId) =>
        [.. _all.Where(line => line.StartsWith(eventId + " ", StringComparison.Ordinal))];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        var line = $"{eventId.Id} {formatter(state, exception)}";
        _all.Enqueue(line);
        _lines.Writer.TryWrite(line);
    }

    public void Dispose()
    {
    }
}
