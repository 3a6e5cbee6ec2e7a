using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>The declaration line of a type: <c>public sealed record Name&lt;T&gt; : Base, IInterface where T : class</c>.</summary>
internal static class TypeHeader
{
    public static string Of(Type type)
    {
        var access = type.IsNestedFamily || type.IsNestedFamORAssem ? "protected" : "public";
        var parents = Parents(type).ToList();
        var heritage = parents.Count == 0 ? "" : " : " + string.Join(", ", parents);
        return $"{access} {Kind(type)} {TypeText.Declaration(type)}{heritage}{ConstraintText.Of(type.GetGenericArguments())}";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum)
        {
            return "enum";
        }

        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsValueType)
        {
            return StructKind(type);
        }

        var word = type.GetMethod("<Clone>$") is null ? "class" : "record";
        if (type is { IsAbstract: true, IsSealed: true })
        {
            return "static class";
        }

        if (type.IsAbstract)
        {
            return "abstract " + word;
        }

        return type.IsSealed ? "sealed " + word : word;
    }

    private static string StructKind(Type type)
    {
        var printsMembers = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic, [typeof(StringBuilder)]);
        return (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")
            + (type.IsByRefLike ? "ref " : "")
            + (printsMembers is null ? "struct" : "record struct");
    }

    private static IEnumerable<string> Parents(Type type)
    {
        if (type.IsEnum)
        {
            if (Enum.GetUnderlyingType(type) != typeof(int))
            {
                yield return TypeText.Name(Enum.GetUnderlyingType(type));
            }

            yield break;
        }

        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            yield return TypeText.Name(parent);
        }

        foreach (var name in OwnInterfaces(type).Select(face => TypeText.Name(face)).Order(StringComparer.Ordinal))
        {
            yield return name;
        }
    }

    // What the base type or another interface brings along is not repeated.
    private static IEnumerable<Type> OwnInterfaces(Type type)
    {
        var all = type.GetInterfaces();
        var implied = all.SelectMany(face => face.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        return all.Where(face => face.IsVisible && !implied.Contains(face));
    }
}
