namespace DomainVerification.RealServers.Tests.Programs;

/// <summary>Names the programs without which the <see cref="ServerFactAttribute"/> tests of a class cannot run.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsProgramsAttribute(params string[] names) : Attribute
{
    public IReadOnlyCollection<string> Names { get; } = names;
}
