namespace DomainVerification.Email.Tests.Plans;

/// <summary>A test that runs programs of others: skipped where one is missing, unless all are required; then it runs and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsProgramsFactAttribute : FactAttribute
{
    public NeedsProgramsFactAttribute(params string[] names)
    {
        Skip = InstalledProgram.AreRequired ? null : InstalledProgram.Explain(names);
    }
}
