namespace DomainVerification.Dns.Tests;

/// <summary>A test of what is done by the calls of Linux, and by others elsewhere.</summary>
internal sealed class EpollFactAttribute : FactAttribute
{
    public EpollFactAttribute() => Skip = EpollSkip.Reason;
}

/// <inheritdoc cref="EpollFactAttribute"/>
internal sealed class EpollTheoryAttribute : TheoryAttribute
{
    public EpollTheoryAttribute() => Skip = EpollSkip.Reason;
}

internal static class EpollSkip
{
    public static string? Reason { get; } = Epoll.IsAvailable ? null : "This system has no epoll.";
}
