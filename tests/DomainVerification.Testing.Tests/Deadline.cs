namespace DomainVerification.Testing.Tests;

/// <summary>The real time after which a test that waits for something gives up.</summary>
internal static class Deadline
{
    public static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
}
