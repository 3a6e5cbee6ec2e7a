namespace DomainVerification.AspNetCore.Endpoints.Internal;

/// <summary>Marks the endpoints of operators, who act for no owner.</summary>
internal sealed class ReviewGroup
{
    public static ReviewGroup Instance { get; } = new();
}
