namespace DomainVerification.Email.Tests.OpenDkim;

/// <summary>A test that needs Knot and OpenDKIM: skipped where one is missing, unless all are required; then it runs and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenDkimFactAttribute : FactAttribute
{
    public OpenDkimFactAttribute()
    {
        if (!InstalledProgram.AreRequired)
        {
            Skip = InstalledProgram.Explain(Programs);
        }
    }

    internal static IReadOnlyCollection<string> Programs { get; } =
        ["knotd", "knotc", "knsupdate", "opendkim", "opendkim-testkey"];
}
