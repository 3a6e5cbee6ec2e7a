using DomainVerification.Claims.Internal;

namespace DomainVerification.Notices.Internal;

/// <summary>The work that an event causes: one operation for each handler.</summary>
internal static class Notice
{
    public static ClaimWork Of(ClaimEvent told, string handler) => new()
    {
        Id = StableId.Of(told.ClaimId, $"Notify/{handler}", told.ClaimVersion),
        Kind = ClaimWorkKind.Notify,
        Target = handler,
        ClaimId = told.ClaimId,
        ClaimVersion = told.ClaimVersion,
        Profile = told.Profile,
        Owner = told.Owner,
        Domain = told.Domain,
        Epoch = told.Epoch,
        CreatedAt = told.At,
        DueAt = told.At,
    };
}
