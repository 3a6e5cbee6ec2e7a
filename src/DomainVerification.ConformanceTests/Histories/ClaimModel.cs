using System.Collections.Immutable;

namespace DomainVerification.ConformanceTests.Histories;

/// <summary>
/// The claims to one (profile, domain) as the contract of <see cref="IClaimStore"/> has them when calls come one after the other: what each
/// call may answer, and what becomes of the claims. Pure, and as plain as it can be: this is what real stores are measured by.
/// </summary>
/// <param name="Claims">The claims by their identity.</param>
/// <param name="Epoch">The highest epoch that any claim ever held with.</param>
internal sealed record ClaimModel(ImmutableDictionary<ClaimId, DomainClaim> Claims, long Epoch)
{
    public static ClaimModel Empty { get; } = new(ImmutableDictionary<ClaimId, DomainClaim>.Empty, 0);

    /// <summary>Equal for equal models.</summary>
    public string Fingerprint => $"{Epoch} {string.Join(' ', Claims.Values.Select(Describe).Order(StringComparer.Ordinal))}";

    public static string Describe(DomainClaim? claim) => claim is null
        ? "nothing"
        : $"{Samples.Sample.NumberOf(claim)}:{claim.Owner}/{claim.Status}/v{claim.Version}/g{claim.Challenge.Generation}/e{claim.Epoch}"
            + (claim.Exclusivity == DomainExclusivity.Shared ? "/shared" : string.Empty);

    public DomainClaim? Find(ClaimId id) => Claims.GetValueOrDefault(id);

    public DomainClaim? FindNewest(string owner) =>
        Claims.Values.Where(claim => claim.Owner == owner).MaxBy(claim => claim.Challenge.Generation);

    public DomainHolding FindHolding() =>
        new(Epoch, Claims.Values.FirstOrDefault(claim => claim is { Status.Holds: true, Exclusivity: DomainExclusivity.OneHolder }));

    /// <summary>
    /// What a commit of the claims may answer. Where there are several reasons to refuse it, any of them may be given.
    /// </summary>
    public IReadOnlyList<ClaimCommitStatus> Answers(IReadOnlyList<DomainClaim> changed)
    {
        var answers = new List<ClaimCommitStatus>();
        if (IsConflict(changed))
        {
            answers.Add(ClaimCommitStatus.VersionConflict);
        }

        if (changed.Any(claim => BeginsToHold(claim) && Others(claim, changed).Any(other => AreAtOdds(claim, other))))
        {
            answers.Add(ClaimCommitStatus.AlreadyHeld);
        }

        return answers.Count > 0 ? answers : [ClaimCommitStatus.Committed];
    }

    /// <summary>The model once the claims are written.</summary>
    public ClaimModel Write(IReadOnlyList<DomainClaim> changed) => new(
        Claims.SetItems(changed.Select(claim => KeyValuePair.Create(claim.Id, claim))),
        changed.Where(claim => claim.Status.Holds).Select(claim => claim.Epoch).Append(Epoch).Max());

    private bool IsConflict(IReadOnlyList<DomainClaim> changed) =>
        changed.DistinctBy(claim => claim.Id).Count() != changed.Count
        || changed.Any(claim => !Follows(claim))
        || changed.Any(claim => Others(claim, changed).Any(other => AreRivals(claim, other)))
        || changed.Any(claim => Find(claim.Id) is null && !IsNewest(claim, changed))
        || changed.Any(claim => BeginsToHold(claim) && (claim.Epoch <= Epoch || changed.Any(other => IsTwin(claim, other))));

    private static bool AreRivals(DomainClaim claim, DomainClaim other) =>
        claim.Owner == other.Owner && claim.Status.IsLive && other.Status.IsLive;

    private static bool AreAtOdds(DomainClaim claim, DomainClaim other) =>
        other.Status.Holds && (claim.Exclusivity == DomainExclusivity.OneHolder || other.Exclusivity == DomainExclusivity.OneHolder);

    private bool Follows(DomainClaim claim) => claim.Version == (Find(claim.Id)?.Version ?? 0) + 1;

    private bool IsNewest(DomainClaim claim, IReadOnlyList<DomainClaim> changed) => Others(claim, changed)
        .Where(other => other.Owner == claim.Owner)
        .All(other => other.Challenge.Generation < claim.Challenge.Generation);

    private bool BeginsToHold(DomainClaim claim) =>
        claim.Status.Holds && (Find(claim.Id) is not { Status.Holds: true } before || before.Epoch != claim.Epoch);

    private bool IsTwin(DomainClaim claim, DomainClaim other) =>
        other.Id != claim.Id && BeginsToHold(other) && other.Epoch == claim.Epoch;

    /// <summary>All other claims as they would be: a stale change of one does not count, for it changes nothing.</summary>
    private IEnumerable<DomainClaim> Others(DomainClaim claim, IReadOnlyList<DomainClaim> changed) => Claims.Values
        .Where(stored => !changed.Any(other => other.Id == stored.Id && Follows(other)))
        .Concat(changed.Where(Follows))
        .Where(other => other.Id != claim.Id);
}
