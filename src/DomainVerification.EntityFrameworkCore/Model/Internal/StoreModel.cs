using System.Linq.Expressions;
using DomainVerification.EntityFrameworkCore.Internal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>The tables, their keys and their indexes. Column names are fixed: the store's own SQL uses them.</summary>
internal sealed class StoreModel
{
    /// <summary>Which claims keep all others from holding their domain.</summary>
    public const string HolderFilter = "is_holding AND is_exclusive";

    private const int LongestPrefix = 32;

    private readonly Engine _engine;
    private readonly DomainVerificationModelOptions _options;
    private readonly string _ordinal;

    public StoreModel(Engine engine, DomainVerificationModelOptions options)
    {
        if (engine == Engine.Sqlite && options.Schema is not null)
        {
            throw new ArgumentException("SQLite has no schemas. Use TablePrefix.", nameof(options));
        }

        if (options.TablePrefix.Length > LongestPrefix || options.TablePrefix.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_'))
        {
            throw new ArgumentException(
                $"TablePrefix has at most {LongestPrefix} ASCII letters, digits and underscores.", nameof(options));
        }

        _engine = engine;
        _options = options;

        // Owners, profiles and keys are compared ordinally, whatever collation the host's database has.
        _ordinal = engine == Engine.PostgreSql ? "C" : "BINARY";
    }

    public void Configure(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ClaimRow>(ConfigureClaims);
        modelBuilder.Entity<DueRow>(ConfigureDue);
        modelBuilder.Entity<EventRow>(ConfigureEvents);
        modelBuilder.Entity<WorkRow>(ConfigureWork);
        modelBuilder.Entity<DomainRow>(ConfigureDomains);
        modelBuilder.Entity<HoldingRow>(ConfigureHoldings);
        modelBuilder.Entity<IdempotencyRow>(ConfigureIdempotency);
    }

    private void ConfigureClaims(EntityTypeBuilder<ClaimRow> table)
    {
        ToTable(table, "claims");
        table.HasKey(row => row.Id).HasName(Name("claims_pkey"));
        Column(table, row => row.Id, "id").ValueGeneratedNever();
        Text(table, row => row.Profile, "profile");
        Text(table, row => row.Owner, "owner");
        Text(table, row => row.Domain, "domain");
        Text(table, row => row.Status, "status");
        Column(table, row => row.IsLive, "is_live");
        Column(table, row => row.IsHolding, "is_holding");
        Column(table, row => row.IsExclusive, "is_exclusive");
        Column(table, row => row.Generation, "generation");
        Column(table, row => row.Epoch, "epoch");
        Column(table, row => row.Version, "version");
        Column(table, row => row.DueAt, "due_at");
        Column(table, row => row.CreatedAt, "created_at");
        Column(table, row => row.ModifiedAt, "modified_at");
        Text(table, row => row.Data, "data");

        table.HasIndex(row => new { row.Profile, row.Domain }, Name("claims_holder"))
            .IsUnique()
            .HasFilter(HolderFilter);
        table.HasIndex(row => new { row.Profile, row.Owner, row.Domain }, Name("claims_live")).IsUnique().HasFilter("is_live");
        table.HasIndex(row => new { row.Profile, row.Owner, row.Domain, row.Generation }, Name("claims_generation")).IsUnique();
        table.HasIndex(row => new { row.Owner, row.Id }, Name("claims_owner"));
        table.HasIndex(row => new { row.Domain, row.Profile }, Name("claims_domain"));
    }

    private void ConfigureDue(EntityTypeBuilder<DueRow> table)
    {
        ToTable(table, "due");
        table.HasKey(row => row.ClaimId).HasName(Name("due_pkey"));
        Column(table, row => row.ClaimId, "claim_id").ValueGeneratedNever();
        Column(table, row => row.WaitsSince, "waits_since");
        table.HasIndex(row => new { row.WaitsSince, row.ClaimId }, Name("due_waiting"));
    }

    private void ConfigureEvents(EntityTypeBuilder<EventRow> table)
    {
        ToTable(table, "events");
        table.HasKey(row => new { row.ClaimId, row.ClaimVersion }).HasName(Name("events_pkey"));
        Column(table, row => row.ClaimId, "claim_id");
        Column(table, row => row.ClaimVersion, "claim_version");
        Column(table, row => row.Id, "id");
        Text(table, row => row.Type, "event_type");
        Text(table, row => row.Profile, "profile");
        Text(table, row => row.Owner, "owner");
        Text(table, row => row.Domain, "domain");
        Text(table, row => row.From, "from_status");
        Text(table, row => row.To, "to_status");
        Column(table, row => row.Epoch, "epoch");
        Column(table, row => row.At, "occurred_at");
        Text(table, row => row.ActorKind, "actor_kind");
        Text(table, row => row.ActorId, "actor_id");
        Text(table, row => row.Evidence, "evidence");
        Text(table, row => row.Reason, "reason");
    }

    private void ConfigureWork(EntityTypeBuilder<WorkRow> table)
    {
        ToTable(table, "work");
        table.HasKey(row => row.Id).HasName(Name("work_pkey"));
        Column(table, row => row.Id, "id").ValueGeneratedNever();
        Column(table, row => row.Number, "number");
        Text(table, row => row.Kind, "kind");
        Column(table, row => row.ClaimId, "claim_id");
        Text(table, row => row.Profile, "profile");
        Text(table, row => row.Owner, "owner");
        Text(table, row => row.Domain, "domain");
        Column(table, row => row.Epoch, "epoch");
        Text(table, row => row.Target, "target");
        Column(table, row => row.ClaimVersion, "claim_version");
        Text(table, row => row.Identities, "identities");
        Column(table, row => row.CreatedAt, "created_at");
        Column(table, row => row.DueAt, "due_at");
        Column(table, row => row.Attempts, "attempts");
        Text(table, row => row.LastError, "last_error");
        Column(table, row => row.DeadAt, "dead_at");
        Column(table, row => row.LeasedUntil, "leased_until");
        Column(table, row => row.WaitsSince, "waits_since");

        table.HasIndex(row => new { row.Profile, row.Domain, row.Target, row.Number }, Name("work_queue")).IsUnique();
        table.HasIndex(row => new { row.WaitsSince, row.Id }, Name("work_due")).HasFilter("waits_since IS NOT NULL");
        table.HasIndex(row => new { row.CreatedAt, row.Id }, Name("work_created"));
    }

    private void ConfigureDomains(EntityTypeBuilder<DomainRow> table)
    {
        ToTable(table, "domains");
        table.HasKey(row => new { row.Profile, row.Domain }).HasName(Name("domains_pkey"));
        Text(table, row => row.Profile, "profile");
        Text(table, row => row.Domain, "domain");
        Column(table, row => row.Epoch, "epoch");
    }

    private void ConfigureHoldings(EntityTypeBuilder<HoldingRow> table)
    {
        ToTable(table, "holdings");
        table.HasKey(row => new { row.ClaimId, row.Epoch, row.Provisioner }).HasName(Name("holdings_pkey"));
        Column(table, row => row.ClaimId, "claim_id");
        Column(table, row => row.Epoch, "epoch").ValueGeneratedNever();
        Text(table, row => row.Provisioner, "provisioner");
        Text(table, row => row.Profile, "profile");
        Text(table, row => row.Owner, "owner");
        Text(table, row => row.Domain, "domain");
        Column(table, row => row.Version, "version");
        Column(table, row => row.DueAt, "due_at");
        Column(table, row => row.WaitsSince, "waits_since");
        Text(table, row => row.Data, "data");

        table.HasIndex(row => new { row.Provisioner, row.WaitsSince, row.ClaimId, row.Epoch }, Name("holdings_waiting"))
            .HasFilter("waits_since IS NOT NULL");
    }

    private void ConfigureIdempotency(EntityTypeBuilder<IdempotencyRow> table)
    {
        ToTable(table, "idempotency");
        table.HasKey(row => new { row.Scope, row.Key }).HasName(Name("idempotency_pkey"));
        Text(table, row => row.Scope, "scope");
        Text(table, row => row.Key, "request_key");
        Column(table, row => row.Run, "run");
        Column(table, row => row.Fingerprint, "fingerprint");
        Column(table, row => row.LeasedUntil, "leased_until");
        Column(table, row => row.ExpiresAt, "expires_at");
        Column(table, row => row.Outcome, "outcome");
        table.HasIndex(row => row.ExpiresAt, Name("idempotency_expiry"));
    }

    private void ToTable<TRow>(EntityTypeBuilder<TRow> table, string name)
        where TRow : class => table.ToTable(Name(name), _options.Schema);

    private string Name(string name) => _options.TablePrefix + name;

    private PropertyBuilder<TValue> Column<TRow, TValue>(
        EntityTypeBuilder<TRow> table,
        Expression<Func<TRow, TValue>> property,
        string name)
        where TRow : class => table.Property(property)
            .HasColumnName(name)
            .HasColumnType(ColumnTypes.Of(typeof(TValue), _engine))
            .HasConversion((ValueConverter?)null);

    private void Text<TRow>(EntityTypeBuilder<TRow> table, Expression<Func<TRow, string?>> property, string name)
        where TRow : class => Column(table, property, name).UseCollation(_ordinal);
}
