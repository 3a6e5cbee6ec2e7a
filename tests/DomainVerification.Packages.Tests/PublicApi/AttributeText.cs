using System.Reflection;

namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>The attributes that are a promise to users; those that the compiler adds, or that only debuggers read, are left out.</summary>
internal static class AttributeText
{
    private static readonly HashSet<string> NoPromise =
    [
        "AsyncIteratorStateMachineAttribute", "AsyncStateMachineAttribute", "CompilerFeatureRequiredAttribute", "CompilerGeneratedAttribute",
        "DebuggerBrowsableAttribute", "DebuggerDisplayAttribute", "DebuggerStepThroughAttribute", "DebuggerTypeProxyAttribute",
        "DecimalConstantAttribute", "DefaultMemberAttribute", "ExcludeFromCodeCoverageAttribute", "ExtensionAttribute",
        "GeneratedCodeAttribute", "InAttribute", "IsByRefLikeAttribute", "IsReadOnlyAttribute", "IsUnmanagedAttribute",
        "IteratorStateMachineAttribute", "NullableAttribute", "NullableContextAttribute", "NullablePublicOnlyAttribute",
        "OptionalAttribute", "OutAttribute", "ParamArrayAttribute", "ParamCollectionAttribute", "RequiredMemberAttribute",
        "RequiresLocationAttribute", "ScopedRefAttribute", "StackTraceHiddenAttribute", "StructLayoutAttribute",
        "SuppressMessageAttribute", "UnconditionalSuppressMessageAttribute",
    ];

    /// <summary>Each attribute as <c>[Name(arguments)]</c>, in a stable order.</summary>
    public static IEnumerable<string> Lines(IEnumerable<CustomAttributeData> attributes) =>
        attributes.Where(IsPromise).Select(Text).Order(StringComparer.Ordinal);

    public static string Inline(IEnumerable<CustomAttributeData> attributes) =>
        string.Concat(Lines(attributes).Select(line => line + " "));

    // The compiler marks a type with required members as obsolete for compilers that do not know them; that is no promise of ours.
    private static bool IsPromise(CustomAttributeData attribute) =>
        !NoPromise.Contains(attribute.AttributeType.Name)
        && !(attribute.AttributeType == typeof(ObsoleteAttribute)
            && attribute.ConstructorArguments is [{ Value: string text }, ..]
            && text.StartsWith("Constructors of types with required members", StringComparison.Ordinal));

    private static string Text(CustomAttributeData attribute)
    {
        var name = attribute.AttributeType.Name;
        if (name.EndsWith("Attribute", StringComparison.Ordinal))
        {
            name = name[..^"Attribute".Length];
        }

        var arguments = attribute.ConstructorArguments.Select(Value)
            .Concat(attribute.NamedArguments.OrderBy(a => a.MemberName, StringComparer.Ordinal).Select(a => $"{a.MemberName} = {Value(a.TypedValue)}"))
            .ToList();

        return arguments.Count == 0 ? $"[{name}]" : $"[{name}({string.Join(", ", arguments)})]";
    }

    private static string Value(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => $"typeof({TypeText.Name(type)})",
        IReadOnlyCollection<CustomAttributeTypedArgument> items => $"[{string.Join(", ", items.Select(Value))}]",
        var value => LiteralText.Of(value, argument.ArgumentType),
    };
}
