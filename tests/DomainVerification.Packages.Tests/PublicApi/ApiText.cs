using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>All that users of an assembly can see, as text that changes when and only when that changes.</summary>
internal sealed class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private readonly StringBuilder _text = new();
    private readonly MemberText _members = new();

    private ApiText()
    {
    }

    public static string Render(Assembly assembly) => Render(assembly.GetExportedTypes().Where(type => !type.IsNested));

    public static string Render(IEnumerable<Type> types)
    {
        var api = new ApiText();
        var namespaces = types
            .GroupBy(type => type.Namespace ?? "").OrderBy(group => group.Key, StringComparer.Ordinal);

        foreach (var group in namespaces)
        {
            api.Line(0, $"namespace {group.Key}");
            api.Line(0, "{");
            foreach (var type in Sorted(group))
            {
                api.Type(type, 1);
            }

            api.Line(0, "}");
        }

        return api._text.ToString();
    }

    private static IEnumerable<Type> Sorted(IEnumerable<Type> types) =>
        types.OrderBy(type => type.Name, StringComparer.Ordinal).ThenBy(type => type.GetGenericArguments().Length);

    private void Type(Type type, int depth)
    {
        foreach (var attribute in AttributeText.Lines(type.GetCustomAttributesData()))
        {
            Line(depth, attribute);
        }

        if (type.IsSubclassOf(typeof(MulticastDelegate)))
        {
            Line(depth, _members.Delegate(type));
            return;
        }

        Line(depth, TypeHeader.Of(type));
        Line(depth, "{");
        if (type.IsEnum)
        {
            EnumMembers(type, depth + 1);
        }
        else
        {
            Members(type, depth + 1);
        }

        Line(depth, "}");
    }

    private void EnumMembers(Type type, int depth)
    {
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            Line(depth, $"{AttributeText.Inline(field.GetCustomAttributesData())}{field.Name} = {Convert.ToString(field.GetRawConstantValue(), null)},");
        }
    }

    private void Members(Type type, int depth)
    {
        Section(depth, type.GetFields(Declared).Where(IsVisible), _members.Field);
        Section(depth, type.GetConstructors(Declared).Where(c => IsVisible(c) && IsWritten(c)), _members.Constructor);
        Section(depth, type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(IsVisible) && IsWritten(p)), _members.Property);
        Section(depth, type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)), _members.Event);
        Section(depth, type.GetMethods(Declared).Where(m => IsVisible(m) && IsWritten(m) && !IsAccessor(m)), _members.Method);

        foreach (var nested in Sorted(type.GetNestedTypes(Declared).Where(IsVisible)))
        {
            Type(nested, depth);
        }
    }

    private void Section<T>(int depth, IEnumerable<T> members, Func<T, string> render)
        where T : MemberInfo
    {
        var texts = members.Select(member => (member.Name, Text: render(member), Attributes: member.GetCustomAttributesData()));
        foreach (var (_, text, attributes) in texts.OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.Text, StringComparer.Ordinal))
        {
            foreach (var attribute in AttributeText.Lines(attributes))
            {
                Line(depth, attribute);
            }

            Line(depth, text);
        }
    }

    private void Line(int depth, string text) => _text.Append(' ', depth * 4).Append(text).Append('\n');

    // The members that every record has by itself say nothing; its deconstruction depends on how it was declared.
    private static bool IsWritten(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.Name == "Deconstruct";

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsVisible(MethodBase method) => MemberText.IsVisible(method) && !(method.IsFamily && method.DeclaringType!.IsSealed);

    private static bool IsVisible(FieldInfo field) => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName;

    private static bool IsVisible(Type type) =>
        (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && !type.Name.Contains('<', StringComparison.Ordinal);
}
