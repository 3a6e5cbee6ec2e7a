using DomainVerification;

namespace CustomStore;

public sealed partial class SqliteClaimStore
{
    public async ValueTask<ClaimCommitStatus> CommitAsync(ClaimCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        await using var transaction = await BeginAsync(cancellationToken);
        await ThrowIfMistakenAsync(transaction.Session, commit);
        var status = await WriteAsync(transaction.Session, commit);
        if (status == ClaimCommitStatus.Committed)
        {
            await transaction.CommitAsync();
        }

        // Whatever was written before a refusal goes with the transaction.
        return status;
    }

    private static async Task<ClaimCommitStatus> WriteAsync(Session session, ClaimCommit commit)
    {
        if (HasTwins(commit.Claims) || !await CanMoveAsync(session, commit))
        {
            return ClaimCommitStatus.VersionConflict;
        }

        // Those that end go first and those that hold last, so that a takeover makes room before it moves in.
        foreach (var claim in commit.Claims.OrderBy(claim => (claim.Status.IsLive, claim.Status.Holds, claim.Epoch)))
        {
            if (await RefusalOfAsync(session, claim) is { } refusal)
            {
                return refusal;
            }

            await PutAsync(session, claim);
        }

        foreach (var entry in commit.Events)
        {
            var added = await session.ExecuteAsync($"""
                INSERT INTO events (claim_id, version, body)
                VALUES ({entry.ClaimId}, {entry.ClaimVersion}, {StoreJson.Text(entry)})
                ON CONFLICT DO NOTHING
                """);
            if (added == 0)
            {
                // A claim has one event a version at the most: somebody else told of this version first.
                return ClaimCommitStatus.VersionConflict;
            }
        }

        foreach (var completion in commit.Completed)
        {
            if (!await CompleteAsync(session, completion))
            {
                return ClaimCommitStatus.VersionConflict;
            }
        }

        await ThrowIfPresentAsync(session, commit);
        await MoveAsync(session, commit);
        return ClaimCommitStatus.Committed;
    }

    /// <summary>A claim appears once, and an owner makes one claim to a domain at a time.</summary>
    private static bool HasTwins(IReadOnlyList<DomainClaim> claims) =>
        claims.DistinctBy(claim => claim.Id).Count() < claims.Count
        || claims.Where(claim => claim.Version == 1)
            .GroupBy(claim => (claim.Profile, claim.Owner, claim.Domain))
            .Any(made => made.Count() > 1);

    /// <summary>Why the claim cannot be written as things stand; nothing where it can.</summary>
    private static async Task<ClaimCommitStatus?> RefusalOfAsync(Session session, DomainClaim claim)
    {
        var stored = await session.FindAsync($"SELECT body FROM claims WHERE id = {claim.Id}", ReadClaim);
        if (claim.Version != (stored?.Version ?? 0) + 1)
        {
            return ClaimCommitStatus.VersionConflict;
        }

        if (await session.HoldsAsync($"""
            SELECT EXISTS (
                SELECT 1 FROM claims
                WHERE profile = {claim.Profile} AND owner = {claim.Owner} AND domain = {claim.Domain} AND id <> {claim.Id}
                    AND ((is_live AND {claim.Status.IsLive})
                        OR generation = {claim.Challenge.Generation}
                        OR ({stored is null} AND generation > {claim.Challenge.Generation})))
            """))
        {
            return ClaimCommitStatus.VersionConflict;
        }

        // A holder that goes on holding keeps its epoch, and nobody can stand beside it by now.
        var beginsToHold = claim.Status.Holds && !(stored is { Status.Holds: true } && stored.Epoch == claim.Epoch);
        return beginsToHold ? await RefusalOfHoldingAsync(session, claim) : null;
    }

    private static async Task<ClaimCommitStatus?> RefusalOfHoldingAsync(Session session, DomainClaim claim)
    {
        if (await session.HoldsAsync($"""
            SELECT EXISTS (
                SELECT 1 FROM claims
                WHERE profile = {claim.Profile} AND domain = {claim.Domain} AND id <> {claim.Id}
                    AND is_holding AND (is_exclusive OR {IsExclusive(claim)}))
            """))
        {
            return ClaimCommitStatus.AlreadyHeld;
        }

        var isFenced = await session.HoldsAsync($"""
            SELECT EXISTS (SELECT 1 FROM domains WHERE profile = {claim.Profile} AND domain = {claim.Domain} AND epoch >= {claim.Epoch})
            """);
        return isFenced ? ClaimCommitStatus.VersionConflict : null;
    }

    private static async Task PutAsync(Session session, DomainClaim claim)
    {
        // The lease ends with the change: the claim waits since it is due.
        await session.ExecuteAsync($"""
            INSERT INTO claims (
                id, profile, owner, domain, generation, version, status,
                is_live, is_holding, is_exclusive, epoch, waits_since, body)
            VALUES (
                {claim.Id}, {claim.Profile}, {claim.Owner}, {claim.Domain}, {claim.Challenge.Generation}, {claim.Version}, {claim.Status},
                {claim.Status.IsLive}, {claim.Status.Holds}, {IsExclusive(claim)}, {claim.Epoch}, {claim.DueAt}, {StoreJson.Text(claim)})
            ON CONFLICT (id) DO UPDATE SET
                generation = excluded.generation, version = excluded.version, status = excluded.status,
                is_live = excluded.is_live, is_holding = excluded.is_holding, is_exclusive = excluded.is_exclusive,
                epoch = excluded.epoch, waits_since = excluded.waits_since, body = excluded.body
            """);
        if (claim.Status.Holds)
        {
            await session.ExecuteAsync($"""
                INSERT INTO domains (profile, domain, epoch) VALUES ({claim.Profile}, {claim.Domain}, {claim.Epoch})
                ON CONFLICT (profile, domain) DO UPDATE SET epoch = max(epoch, excluded.epoch)
                """);
        }
    }

    private static bool IsExclusive(DomainClaim claim) => claim.Exclusivity == DomainExclusivity.OneHolder;
}
