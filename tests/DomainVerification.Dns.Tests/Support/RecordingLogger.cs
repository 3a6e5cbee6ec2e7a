using Microsoft.Extensions.Logging;

namespace DomainVerification.Dns.Tests;

/// <summary>Keeps what was logged.</summary>
/// <param name="onEntry">Called where something is logged.</param>
internal sealed class RecordingLogger<TCategory>(Action? onEntry = null) : ILogger<TCategory>
{
    public List<(int Id, LogLevel Level, string Text)> Entries { get; } = [];

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
        Entries.Add((eventId.Id, logLevel, formatter(state, exception)));
        onEntry?.Invoke();
    }
}
