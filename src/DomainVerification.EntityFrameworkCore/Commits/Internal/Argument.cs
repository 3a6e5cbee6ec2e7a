using System.Data;
using System.Data.Common;
using DomainVerification.EntityFrameworkCore.Model.Internal;

namespace DomainVerification.EntityFrameworkCore.Commits.Internal;

/// <summary>An argument of a step, with its type also where it is null: PostgreSQL asks for one.</summary>
internal readonly record struct Argument(DbType Type, object? Value)
{
    public static implicit operator Argument(string? value) => new(DbType.String, value);

    public static implicit operator Argument(Guid value) => new(DbType.Guid, value);

    public static implicit operator Argument(long value) => new(DbType.Int64, value);

    public static implicit operator Argument(int value) => new(DbType.Int32, value);

    public static implicit operator Argument(bool value) => new(DbType.Boolean, value);

    public static implicit operator Argument(byte[] value) => new(DbType.Binary, value);

    public static implicit operator Argument(DateTimeOffset value) => new(DbType.DateTime, Rows.Column(value));

    public static implicit operator Argument(DateTimeOffset? value) =>
        new(DbType.DateTime, value is { } instant ? Rows.Column(instant) : null);

    /// <summary>A column of values, whose type is that of its elements.</summary>
    public static Argument Column<T>(T[] values) => new(DbType.Object, values);

    /// <summary>Gives the argument to a command, under a name where the database knows arguments by name.</summary>
    public void AddTo(DbParameterCollection parameters, DbParameter parameter, string? name)
    {
        if (name is not null)
        {
            parameter.ParameterName = name;
        }

        if (Type != DbType.Object)
        {
            parameter.DbType = Type;
        }

        parameter.Value = Value ?? DBNull.Value;
        parameters.Add(parameter);
    }
}
