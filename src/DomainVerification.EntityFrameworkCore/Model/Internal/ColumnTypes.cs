using DomainVerification.EntityFrameworkCore.Internal;

namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>
/// The types of the columns. They are stated, so that a host's conventions for its own columns leave those of the store alone.
/// </summary>
internal static class ColumnTypes
{
    private static readonly Dictionary<Type, (string Sqlite, string PostgreSql)> Known = new()
    {
        [typeof(string)] = ("TEXT", "text"),
        [typeof(Guid)] = ("TEXT", "uuid"),
        [typeof(DateTime)] = ("TEXT", "timestamp with time zone"),
        [typeof(bool)] = ("INTEGER", "boolean"),
        [typeof(int)] = ("INTEGER", "integer"),
        [typeof(long)] = ("INTEGER", "bigint"),
        [typeof(byte[])] = ("BLOB", "bytea"),
    };

    public static string Of(Type type, Engine engine)
    {
        var (sqlite, postgreSql) = Known[Nullable.GetUnderlyingType(type) ?? type];
        return engine == Engine.Sqlite ? sqlite : postgreSql;
    }
}
