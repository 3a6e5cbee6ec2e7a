namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>
/// What the JSON of an older version lacks, filled with what it means. The generated reader leaves such members <see langword="null"/>,
/// whatever their initial value says.
/// </summary>
internal static class Absent
{
    public static IReadOnlyList<ProvisionedIdentity> Filled(IReadOnlyList<ProvisionedIdentity>? identities) =>
        identities is null ? [] : identities.Any(IsPartial) ? [.. identities.Select(Filled)] : identities;

    public static IReadOnlyList<ProvisioningStep> Filled(IReadOnlyList<ProvisioningStep>? steps) => steps ?? [];

    public static ClaimTransfer? Filled(ClaimTransfer? transfer) => transfer is null
        ? null
        : transfer with { Reasons = transfer.Reasons ?? [], Holder = Filled(transfer.Holder) };

    private static TransferHolder? Filled(TransferHolder? holder) =>
        holder is { Activity: null } ? holder with { Activity = HolderActivity.Unknown } : holder;

    private static bool IsPartial(ProvisionedIdentity identity) => identity.Provisioner is null || identity.Records is null;

    private static ProvisionedIdentity Filled(ProvisionedIdentity identity) => identity with
    {
        Provisioner = identity.Provisioner ?? string.Empty,
        Records = identity.Records ?? [],
    };
}
