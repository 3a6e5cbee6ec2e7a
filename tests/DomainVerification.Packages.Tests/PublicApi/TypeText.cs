using System.Reflection;

namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>Types as C# writes them, with nullability where it is known.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
    };

    public static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!, nullability);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying, Matching(nullability, underlying)) + "?";
        }

        return NotNullable(type, nullability) + (IsNullableReference(type, nullability) ? "?" : "");
    }

    /// <summary>The type's own name with its type parameters, as in its declaration: <c>Page&lt;T&gt;</c>.</summary>
    public static string Declaration(Type type)
    {
        var own = OwnArguments(type);
        return own.Length == 0 ? type.Name : $"{Bare(type)}<{string.Join(", ", own.Select(Variance))}>";
    }

    private static string NotNullable(Type type, NullabilityInfo? nullability)
    {
        if (type.IsArray)
        {
            return Name(type.GetElementType()!, nullability?.ElementType) + $"[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsPointer)
        {
            return Name(type.GetElementType()!) + "*";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        var prefix = type.DeclaringType is { } outer ? NotNullable(Closed(outer, type), null) + "." : "";
        var own = OwnArguments(type);
        if (own.Length == 0)
        {
            return prefix + type.Name;
        }

        var inherited = type.GetGenericArguments().Length - own.Length;
        var arguments = own.Select((argument, index) => Name(argument, Argument(nullability, inherited + index, argument)));
        return $"{prefix}{Bare(type)}<{string.Join(", ", arguments)}>";
    }

    // A nested type repeats the type parameters of the type around it; only those after them are its own.
    private static Type[] OwnArguments(Type type) =>
        type.GetGenericArguments()[(type.DeclaringType?.GetGenericArguments().Length ?? 0)..];

    private static Type Closed(Type outer, Type inner) => outer.IsGenericTypeDefinition
        ? outer.MakeGenericType(inner.GetGenericArguments()[..outer.GetGenericArguments().Length])
        : outer;

    private static string Bare(Type type) => type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];

    private static string Variance(Type parameter) =>
        (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
        {
            GenericParameterAttributes.Covariant => "out " + parameter.Name,
            GenericParameterAttributes.Contravariant => "in " + parameter.Name,
            _ => parameter.Name,
        };

    // Of a type parameter without the class constraint the runtime cannot tell T from T?.
    private static bool IsNullableReference(Type type, NullabilityInfo? nullability) =>
        !type.IsValueType
        && (!type.IsGenericParameter || type.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        && (nullability?.ReadState == NullabilityState.Nullable || nullability?.WriteState == NullabilityState.Nullable);

    private static NullabilityInfo? Argument(NullabilityInfo? nullability, int index, Type argument) =>
        nullability is { } info && index < info.GenericTypeArguments.Length ? Matching(info.GenericTypeArguments[index], argument) : null;

    // The runtime unwraps Nullable<T> in some places and not in others, so information is used only where it speaks of this type.
    private static NullabilityInfo? Matching(NullabilityInfo? nullability, Type type) =>
        nullability?.Type == type || (nullability is not null && Nullable.GetUnderlyingType(nullability.Type) == type) ? nullability : null;
}
