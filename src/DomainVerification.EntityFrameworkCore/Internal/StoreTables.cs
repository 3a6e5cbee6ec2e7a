using System.Runtime.CompilerServices;
using DomainVerification.EntityFrameworkCore.Model.Internal;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DomainVerification.EntityFrameworkCore.Internal;

/// <summary>The names of the tables in a context's model, quoted for its database.</summary>
internal sealed record StoreTables(
    Engine Engine,
    string Claims,
    string Due,
    string Events,
    string Work,
    string Domains,
    string Holdings,
    string Idempotency)
{
    private static readonly ConditionalWeakTable<IModel, StoreTables> Known = [];

    /// <summary>The name of the unique index that keeps a domain to one holder, as errors name it.</summary>
    public required string HolderIndex { get; init; }

    /// <summary>The name of the primary key of work, as errors name it.</summary>
    public required string WorkKey { get; init; }

    /// <exception cref="InvalidOperationException">The model of the context lacks the tables.</exception>
    public static StoreTables Of(DbContext context) =>
        Known.TryGetValue(context.Model, out var tables) ? tables : Known.GetValue(context.Model, _ => Read(context));

    private static StoreTables Read(DbContext context)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        return new StoreTables(
            Engines.Of(context.Database),
            Name<ClaimRow>(context, sql),
            Name<DueRow>(context, sql),
            Name<EventRow>(context, sql),
            Name<WorkRow>(context, sql),
            Name<DomainRow>(context, sql),
            Name<HoldingRow>(context, sql),
            Name<IdempotencyRow>(context, sql))
        {
            HolderIndex = Find<ClaimRow>(context).GetIndexes().Single(index => index.IsUnique && index.GetFilter() == StoreModel.HolderFilter)
                .GetDatabaseName()!,
            WorkKey = Find<WorkRow>(context).FindPrimaryKey()!.GetName()!,
        };
    }

    private static string Name<TRow>(DbContext context, ISqlGenerationHelper sql)
    {
        var entity = Find<TRow>(context);
        return sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
    }

    private static IEntityType Find<TRow>(DbContext context) =>
        context.Model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException(
            $"The model of {context.GetType().Name} lacks the tables of DomainVerification. "
            + "Call modelBuilder.AddDomainVerification(Database) in its OnModelCreating.");
}
