namespace DomainVerification.StoreBenchmarks.Commits;

/// <summary>
/// What somebody writes who wants the same rows in the same tables and nothing checked: no rivals, no generations, no order of queues.
/// </summary>
internal sealed class RawStatements(RawText text, bool locksDomains)
{
    private const string LockDomain =
        "INSERT INTO domain_verification_domains (profile, domain, epoch) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";

    private const string RaiseEpoch = "UPDATE domain_verification_domains SET epoch = $3 WHERE profile = $1 AND domain = $2";

    private const string InsertClaim =
        "INSERT INTO domain_verification_claims (id, profile, owner, domain, status, is_live, is_holding, is_exclusive, generation, epoch, "
        + "version, due_at, created_at, modified_at, data) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

    private const string UpdateClaim =
        "UPDATE domain_verification_claims SET status = $3, is_live = $4, is_holding = $5, is_exclusive = $6, generation = $7, epoch = $8, "
        + "version = $2 + 1, due_at = $9, modified_at = $10, data = $11 WHERE id = $1 AND version = $2";

    private const string InsertDue = "INSERT INTO domain_verification_due (claim_id, waits_since) VALUES ($1, $2)";

    private const string UpdateDue = "UPDATE domain_verification_due SET waits_since = $2 WHERE claim_id = $1";

    private const string InsertEvent =
        "INSERT INTO domain_verification_events (claim_id, claim_version, id, event_type, profile, owner, domain, from_status, to_status, "
        + "epoch, occurred_at, actor_kind, actor_id, evidence, reason) "
        + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

    private const string InsertWork =
        "INSERT INTO domain_verification_work (id, number, kind, claim_id, profile, owner, domain, epoch, target, claim_version, "
        + "created_at, due_at, attempts, waits_since) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

    /// <summary>The statements of a commit.</summary>
    public List<RawStatement> Of(ClaimCommit commit)
    {
        var statements = new List<RawStatement>();
        foreach (var claim in commit.Claims)
        {
            if (claim is { Status.Holds: true, Version: > 1 })
            {
                statements.Add(new RawStatement(RaiseEpoch, [claim.Profile, claim.Domain.Value, claim.Epoch]));
            }
            else if (locksDomains && claim.Version == 1)
            {
                statements.Add(new RawStatement(LockDomain, [claim.Profile, claim.Domain.Value]));
            }
        }

        foreach (var claim in commit.Claims)
        {
            statements.Add(claim.Version == 1 ? Insert(claim) : Update(claim));
            if (claim.DueAt is { UtcDateTime: var dueAt })
            {
                statements.Add(new RawStatement(claim.Version == 1 ? InsertDue : UpdateDue, [claim.Id.Value, dueAt]));
            }
        }

        foreach (var entry in commit.Events)
        {
            statements.Add(Insert(entry));
        }

        for (var i = 0; i < commit.Work.Count; i++)
        {
            statements.Add(Insert(commit.Work[i], isHead: i == 0));
        }

        return statements;
    }

    private RawStatement Insert(DomainClaim claim) => new(
        InsertClaim,
        [
            claim.Id.Value,
            claim.Profile,
            claim.Owner,
            claim.Domain.Value,
            claim.Status.ToString(),
            claim.Status.IsLive,
            claim.Status.Holds,
            true,
            claim.Challenge.Generation,
            claim.Epoch,
            claim.Version,
            claim.DueAt?.UtcDateTime,
            claim.CreatedAt.UtcDateTime,
            claim.ModifiedAt.UtcDateTime,
            text.Claim,
        ]);

    private RawStatement Update(DomainClaim claim) => new(
        UpdateClaim,
        [
            claim.Id.Value,
            claim.Version - 1,
            claim.Status.ToString(),
            claim.Status.IsLive,
            claim.Status.Holds,
            true,
            claim.Challenge.Generation,
            claim.Epoch,
            claim.DueAt?.UtcDateTime,
            claim.ModifiedAt.UtcDateTime,
            text.Claim,
        ]);

    private RawStatement Insert(ClaimEvent entry) => new(
        InsertEvent,
        [
            entry.ClaimId.Value,
            entry.ClaimVersion,
            entry.Id,
            entry.Type,
            entry.Profile,
            entry.Owner,
            entry.Domain.Value,
            entry.From?.ToString(),
            entry.To.ToString(),
            entry.Epoch,
            entry.At.UtcDateTime,
            entry.Actor.Kind.ToString(),
            entry.Actor.Id,
            entry.Evidence is null ? null : text.Evidence,
            entry.Reason,
        ]);

    // Queues are numbered by who writes: here by the epoch, which each takeover raises.
    private static RawStatement Insert(ClaimWork work, bool isHead) => new(
        InsertWork,
        [
            work.Id,
            (2 * work.Epoch) + (isHead ? 0 : 1),
            work.Kind.ToString(),
            work.ClaimId.Value,
            work.Profile,
            work.Owner,
            work.Domain.Value,
            work.Epoch,
            work.Target,
            work.ClaimVersion,
            work.CreatedAt.UtcDateTime,
            work.DueAt.UtcDateTime,
            work.Attempts,
            isHead ? work.DueAt.UtcDateTime : null,
        ]);
}

/// <summary>A statement with its arguments <c>$1</c>, <c>$2</c> and so on.</summary>
internal sealed record RawStatement(string Sql, object?[] Arguments);
