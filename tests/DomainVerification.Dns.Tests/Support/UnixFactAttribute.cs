namespace DomainVerification.Dns.Tests;

/// <summary>A test of what only systems with a resolv.conf have.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Windows has no resolv.conf.";
        }
    }
}
