namespace DomainVerification.Kill.Host;

/// <summary>What the test tells a process, a line each on its standard input.</summary>
internal static class Orders
{
    internal const string Load = "load";
    internal const string Kill = "kill";
    internal const string Spare = "spare";
    internal const string Quiet = "quiet";
}
