using Microsoft.EntityFrameworkCore.Infrastructure;

namespace DomainVerification.EntityFrameworkCore.Internal;

/// <summary>The databases that the store knows.</summary>
internal enum Engine
{
    Sqlite,
    PostgreSql,
}

/// <summary>Tells the database of a context.</summary>
internal static class Engines
{
    public static Engine Of(DatabaseFacade database) => database.ProviderName switch
    {
        "Microsoft.EntityFrameworkCore.Sqlite" => Engine.Sqlite,
        "Npgsql.EntityFrameworkCore.PostgreSQL" => Engine.PostgreSql,
        var other => throw new NotSupportedException(
            $"DomainVerification keeps its claims in SQLite or PostgreSQL, and this context uses '{other}'. See docs/custom-store.md for others."),
    };
}
