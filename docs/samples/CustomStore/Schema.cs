using Microsoft.Data.Sqlite;

namespace CustomStore;

/// <summary>
/// The tables. A row has the whole record as JSON in its body, and beside it the columns that are compared. SQLite compares text byte for
/// byte unless told otherwise, as the contract asks; a database with another default needs a collation here.
/// </summary>
internal static class Schema
{
    private const string Claims = """
        CREATE TABLE IF NOT EXISTS claims (
            id           TEXT    NOT NULL PRIMARY KEY,
            profile      TEXT    NOT NULL,
            owner        TEXT    NOT NULL,
            domain       TEXT    NOT NULL,
            generation   INTEGER NOT NULL,
            version      INTEGER NOT NULL,
            status       TEXT    NOT NULL,
            is_live      INTEGER NOT NULL,
            is_holding   INTEGER NOT NULL,
            is_exclusive INTEGER NOT NULL,
            epoch        INTEGER NOT NULL,
            waits_since  INTEGER,
            body         TEXT    NOT NULL
        ) STRICT;
        """;

    private const string LastLineOfDefence = """
        CREATE UNIQUE INDEX IF NOT EXISTS claims_generation ON claims (profile, owner, domain, generation);
        CREATE UNIQUE INDEX IF NOT EXISTS claims_live ON claims (profile, owner, domain) WHERE is_live;
        CREATE UNIQUE INDEX IF NOT EXISTS claims_holder ON claims (profile, domain) WHERE is_holding AND is_exclusive;
        """;

    private const string Others = """
        CREATE INDEX IF NOT EXISTS claims_domain ON claims (profile, domain) WHERE is_holding;
        CREATE INDEX IF NOT EXISTS claims_due ON claims (waits_since, id) WHERE waits_since IS NOT NULL;

        -- The highest epoch outlives the claim that had it.
        CREATE TABLE IF NOT EXISTS domains (
            profile TEXT    NOT NULL,
            domain  TEXT    NOT NULL,
            epoch   INTEGER NOT NULL,
            PRIMARY KEY (profile, domain)
        ) STRICT;

        CREATE TABLE IF NOT EXISTS events (
            claim_id TEXT    NOT NULL,
            version  INTEGER NOT NULL,
            body     TEXT    NOT NULL,
            PRIMARY KEY (claim_id, version)
        ) STRICT;

        -- The number is the place in the queue of the (profile, domain, target); a dead letter has none.
        CREATE TABLE IF NOT EXISTS work (
            id           TEXT    NOT NULL PRIMARY KEY,
            number       INTEGER,
            profile      TEXT    NOT NULL,
            domain       TEXT    NOT NULL,
            target       TEXT    NOT NULL,
            created_at   INTEGER NOT NULL,
            due_at       INTEGER NOT NULL,
            leased_until INTEGER NOT NULL DEFAULT 0,
            body         TEXT    NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX IF NOT EXISTS work_queue ON work (profile, domain, target, number);
        CREATE INDEX IF NOT EXISTS work_created ON work (created_at, id);

        CREATE TABLE IF NOT EXISTS holdings (
            claim_id    TEXT    NOT NULL,
            epoch       INTEGER NOT NULL,
            provisioner TEXT    NOT NULL,
            version     INTEGER NOT NULL,
            waits_since INTEGER,
            body        TEXT    NOT NULL,
            PRIMARY KEY (claim_id, epoch, provisioner)
        ) STRICT;
        CREATE INDEX IF NOT EXISTS holdings_due ON holdings (provisioner, waits_since) WHERE waits_since IS NOT NULL;

        CREATE TABLE IF NOT EXISTS requests (
            scope        TEXT    NOT NULL,
            key          TEXT    NOT NULL,
            run          TEXT    NOT NULL,
            fingerprint  BLOB    NOT NULL,
            leased_until INTEGER NOT NULL,
            expires_at   INTEGER NOT NULL,
            outcome      BLOB,
            PRIMARY KEY (scope, key)
        ) STRICT;
        CREATE INDEX IF NOT EXISTS requests_expiry ON requests (expires_at);
        """;

    public static async Task CreateAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();

        // With write-ahead logging, readers and the one writer do not wait for each other. The mode stays with the file.
        command.CommandText = $"PRAGMA journal_mode = WAL; {Claims} {LastLineOfDefence} {Others}";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
