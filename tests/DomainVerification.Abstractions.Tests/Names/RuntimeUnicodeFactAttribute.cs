namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>A fact that needs the runtime's own cultures and normalization, which invariant globalization takes away.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeUnicodeFactAttribute : FactAttribute
{
    public RuntimeUnicodeFactAttribute()
    {
        if ("e\u0301".Normalize() != "\u00E9")
        {
            Skip = "the runtime has no Unicode data";
        }
    }
}
