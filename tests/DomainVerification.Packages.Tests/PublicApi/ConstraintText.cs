using System.Reflection;

namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>The <c>where</c> clauses of type parameters.</summary>
internal static class ConstraintText
{
    public static string Of(IEnumerable<Type> parameters) =>
        string.Concat(parameters.Where(parameter => parameter.IsGenericParameter).Select(Clause));

    private static string Clause(Type parameter)
    {
        var constraints = Constraints(parameter).ToList();
        return constraints.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", constraints)}";
    }

    private static IEnumerable<string> Constraints(Type parameter)
    {
        var flags = parameter.GenericParameterAttributes;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            yield return "class";
        }

        if (isStruct)
        {
            yield return "struct";
        }

        var types = parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType));
        foreach (var name in types.Select(type => TypeText.Name(type)).Order(StringComparer.Ordinal))
        {
            yield return name;
        }

        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
        {
            yield return "new()";
        }

        if (flags.HasFlag(GenericParameterAttributes.AllowByRefLike))
        {
            yield return "allows ref struct";
        }
    }
}
