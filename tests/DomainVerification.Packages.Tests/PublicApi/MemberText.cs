using System.Reflection;
using System.Runtime.CompilerServices;

namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>One visible member as a line of C# without its body.</summary>
internal sealed class MemberText
{
    private readonly NullabilityInfoContext _nullability = new();

    public static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    public string Field(FieldInfo field)
    {
        var type = TypeText.Name(field.FieldType, _nullability.Create(field));
        if (field.IsLiteral)
        {
            return $"{Access(field)} const {type} {field.Name} = {LiteralText.Of(field.GetRawConstantValue(), field.FieldType)};";
        }

        var modifiers = (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "") + Required(field);
        return $"{Access(field)} {modifiers}{type} {field.Name};";
    }

    public string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)} {TypeName(constructor)}({Parameters(constructor)});";

    public string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        var widest = accessors.FirstOrDefault(accessor => accessor.IsPublic) ?? accessors[0];
        var name = property.GetIndexParameters() is { Length: > 0 } ? $"this[{Parameters(widest, property.GetIndexParameters())}]" : property.Name;
        var texts = accessors.Select(accessor => Accessor(accessor, widest));

        return $"{Start(widest)}{Required(property)}{Returned(property.PropertyType)}"
            + $"{TypeText.Name(property.PropertyType, _nullability.Create(property))} {name} {{ {string.Join(" ", texts)} }}";
    }

    public string Event(EventInfo @event) =>
        $"{Start(@event.AddMethod!)}event {TypeText.Name(@event.EventHandlerType!, _nullability.Create(@event))} {@event.Name};";

    public string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(t => t.Name))}>" : "";
        return $"{Start(method)}{ReturnType(method)} {method.Name}{generic}({Parameters(method)}){ConstraintText.Of(method.GetGenericArguments())};";
    }

    /// <summary>What a delegate type looks like: its invocation with the type's own name.</summary>
    public string Delegate(Type type)
    {
        var invoke = type.GetMethod("Invoke")!;
        var constraints = ConstraintText.Of(type.GetGenericArguments());
        return $"public delegate {ReturnType(invoke)} {TypeText.Declaration(type)}({Parameters(invoke)}){constraints};";
    }

    private string ReturnType(MethodInfo method) =>
        AttributeText.Inline(method.ReturnParameter.GetCustomAttributesData())
        + Returned(method.ReturnType)
        + TypeText.Name(method.ReturnType, _nullability.Create(method.ReturnParameter));

    private static string Returned(Type type) => type.IsByRef ? "ref " : "";

    private string Parameters(MethodBase method, ParameterInfo[]? only = null)
    {
        var extension = method.IsDefined(typeof(ExtensionAttribute), inherit: false) ? "this " : "";
        return extension + string.Join(", ", (only ?? method.GetParameters()).Select(Parameter));
    }

    private string Parameter(ParameterInfo parameter)
    {
        var passing = parameter switch
        {
            { IsOut: true } => "out ",
            { IsIn: true } when parameter.ParameterType.IsByRef => "in ",
            _ when parameter.ParameterType.IsByRef => "ref ",
            _ when parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) => "params ",
            _ => "",
        };
        var type = TypeText.Name(parameter.ParameterType, _nullability.Create(parameter));
        var value = parameter.HasDefaultValue ? " = " + LiteralText.Of(parameter.RawDefaultValue, parameter.ParameterType) : "";
        return $"{AttributeText.Inline(parameter.GetCustomAttributesData())}{passing}{type} {parameter.Name}{value}";
    }

    private static string Accessor(MethodInfo accessor, MethodInfo widest)
    {
        var narrower = Access(accessor) == Access(widest) ? "" : Access(accessor) + " ";
        if (accessor.ReturnType != typeof(void))
        {
            return narrower + "get;";
        }

        var isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return narrower + (isInit ? "init;" : "set;");
    }

    private static string Start(MethodInfo method) => method.DeclaringType!.IsInterface
        ? (method.IsStatic ? "static " : "") + (method.IsAbstract ? "" : "virtual ")
        : $"{Access(method)} {Modifiers(method)}";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return "static ";
        }

        if (method.IsAbstract)
        {
            return "abstract ";
        }

        if (!method.IsVirtual)
        {
            return "";
        }

        var isOverride = method.GetBaseDefinition() != method;
        if (method.IsFinal)
        {
            return isOverride ? "sealed override " : "";
        }

        return isOverride ? "override " : "virtual ";
    }

    private static string Required(MemberInfo member) => member.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Access(FieldInfo field) => field.IsPublic ? "public" : "protected";

    private static string TypeName(ConstructorInfo constructor) => constructor.DeclaringType!.Name.Split('`')[0];
}
