using System.Collections.ObjectModel;

namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>
/// What a claim has beside the columns of its row. A released version's documents stay readable: members are only ever added. One that an
/// older document lacks is read as <see langword="null"/> or 0, whatever its initial value says, so <see cref="Rows"/> must give it a
/// meaning.
/// </summary>
internal sealed record ClaimDocument
{
    public required Challenge Challenge { get; init; }

    public IReadOnlyList<SpentToken> SpentTokens { get; init; } = [];

    public ClaimProof? Proof { get; init; }

    public ClaimCheck? LastCheck { get; init; }

    public int Attempts { get; init; }

    public int Rechecks { get; init; }

    public IReadOnlyList<ProvisionedIdentity> Identities { get; init; } = [];

    public IReadOnlyList<ProvisioningStep> Provisioning { get; init; } = [];

    public ClaimTransfer? Transfer { get; init; }

    public ClaimHealth? Health { get; init; }

    public IReadOnlyDictionary<string, string> Properties { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    public required ClaimActor CreatedBy { get; init; }

    public required ClaimActor ModifiedBy { get; init; }

    public static ClaimDocument Of(DomainClaim claim) => new()
    {
        Challenge = claim.Challenge,
        SpentTokens = claim.SpentTokens,
        Proof = claim.Proof,
        LastCheck = claim.LastCheck,
        Attempts = claim.Attempts,
        Rechecks = claim.Rechecks,
        Identities = claim.Identities,
        Provisioning = claim.Provisioning,
        Transfer = claim.Transfer,
        Health = claim.Health,
        Properties = claim.Properties,
        CreatedBy = claim.CreatedBy,
        ModifiedBy = claim.ModifiedBy,
    };
}
