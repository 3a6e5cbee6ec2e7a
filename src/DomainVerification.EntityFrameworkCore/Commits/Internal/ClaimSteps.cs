using System.Text.Json;
using DomainVerification.EntityFrameworkCore.Model.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>The steps that write claims.</summary>
internal static class ClaimSteps
{
    /// <summary>Refuses a holder where somebody else holds the domain, whom the commit leaves alone.</summary>
    public static Step NoRival(StoreSql sql, DomainClaim holder, IReadOnlyList<DomainClaim> claims)
    {
        var decided = claims
            .Where(claim => claim.Domain == holder.Domain && claim.Profile == holder.Profile)
            .Select(claim => (Argument)claim.Id.Value)
            .ToList();
        return new Step(sql.NoRival(decided.Count), [holder.Profile, holder.Domain.Value, IsExclusive(holder), .. decided]);
    }

    /// <summary>Refuses a new holding whose epoch is not above all before it.</summary>
    public static Step RaiseEpoch(StoreSql sql, DomainClaim holder) => new(
        sql.RaiseEpoch,
        holder.Profile,
        holder.Domain.Value,
        holder.Epoch,
        holder.Id.Value);

    public static Step Write(StoreSql sql, DomainClaim claim) => claim.Version == 1 ? Insert(sql, claim) : Update(sql, claim);

    /// <summary>Says of written claims when they can be leased.</summary>
    public static IEnumerable<Step> SetDue(StoreSql sql, IReadOnlyList<DomainClaim> claims)
    {
        foreach (var claim in claims)
        {
            if (claim.DueAt is { } dueAt)
            {
                yield return new Step(claim.Version == 1 ? sql.InsertDue : sql.SetDue, claim.Id.Value, dueAt);
            }
        }

        var never = claims.Where(claim => claim is { DueAt: null, Version: > 1 }).Select(claim => (Argument)claim.Id.Value).ToList();
        if (never.Count > 0)
        {
            yield return new Step(sql.ClearDue(never.Count), never);
        }
    }

    /// <summary>Moves claims that stay live, of which none comes to hold.</summary>
    public static Step MoveAll(StoreSql sql, IReadOnlyList<DomainClaim> claims) => new(
        sql.MoveClaims,
        Column(claims, claim => claim.Id.Value),
        Column(claims, claim => claim.Version - 1),
        Column(claims, claim => claim.Status.ToString()),
        Column(claims, claim => claim.Status.Holds),
        Column(claims, IsExclusive),
        Column(claims, claim => claim.Challenge.Generation),
        Column(claims, claim => claim.Epoch),
        Column(claims, claim => Rows.Column(claim.DueAt)),
        Column(claims, claim => Rows.Column(claim.ModifiedAt)),
        Column(claims, Data),
        claims.Count);

    /// <summary>Says of claims that were written before when they can be leased.</summary>
    public static Step SetAllDue(StoreSql sql, IReadOnlyList<DomainClaim> claims) => new(
        sql.SetDues,
        Column(claims, claim => claim.Id.Value),
        Column(claims, claim => Rows.Column(claim.DueAt!.Value)));

    /// <summary>Lets claims be leased no more.</summary>
    public static Step ClearAllDue(StoreSql sql, IReadOnlyList<DomainClaim> claims) =>
        new(sql.ClearDues, Column(claims, claim => claim.Id.Value));

    private static Argument Column<T>(IReadOnlyList<DomainClaim> claims, Func<DomainClaim, T> value) =>
        Argument.Column(claims.Select(value).ToArray());

    private static Step Insert(StoreSql sql, DomainClaim claim) => new(
        sql.InsertClaim,
        claim.Id.Value,
        claim.Profile,
        claim.Owner,
        claim.Domain.Value,
        claim.Status.ToString(),
        claim.Status.IsLive,
        claim.Status.Holds,
        IsExclusive(claim),
        claim.Challenge.Generation,
        claim.Epoch,
        claim.Version,
        claim.DueAt,
        claim.CreatedAt,
        claim.ModifiedAt,
        Data(claim));

    private static Step Update(StoreSql sql, DomainClaim claim) => new(
        sql.UpdateClaim,
        claim.Id.Value,
        claim.Version - 1,
        claim.Status.ToString(),
        claim.Status.IsLive,
        claim.Status.Holds,
        IsExclusive(claim),
        claim.Challenge.Generation,
        claim.Epoch,
        claim.DueAt,
        claim.ModifiedAt,
        Data(claim));

    private static bool IsExclusive(DomainClaim claim) => claim.Exclusivity == DomainExclusivity.OneHolder;

    private static string Data(DomainClaim claim) => JsonSerializer.Serialize(ClaimDocument.Of(claim), StoreJson.Text.ClaimDocument);
}
