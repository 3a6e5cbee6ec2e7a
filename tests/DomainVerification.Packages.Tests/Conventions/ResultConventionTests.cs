using System.Reflection;

namespace DomainVerification.Packages.Tests.Conventions;

/// <summary>A bool cannot say "we could not ask": results tell what happened by an enum.</summary>
public class ResultConventionTests
{
    private static readonly string[] ResultSuffixes =
        ["Result", "Report", "Outcome", "Lookup", "Observation", "Evidence", "Diagnosis", "Answer"];

    /// <summary>Members that may be a bool all the same, each with its reason.</summary>
    private static readonly Dictionary<string, string> Allowed = new()
    {
        ["DnsLookup.IsRemembered"] = "where a failure comes from; what the lookup came to is its status",
        ["ProofRequest.Explains"] = "what the checker is asked to do, and no answer",
        ["TokenMatcher.IsBeginningAsync"] = "two texts are compared, only to explain a check that has its outcome",
        ["TokenMatcher.DiffersInCaseAsync"] = "two texts are compared, only to explain a check that has its outcome",
    };

    [Fact]
    public void AsyncMethods_Always_AnswerMoreThanABool()
    {
        var bools = PackagedAssemblies.PublicTypes.SelectMany(PackagedAssemblies.VisibleMethods)
            .Where(method => AsyncTypes.ResultOf(method.ReturnType) is { } result && IsBool(result));

        Violations.None(NotAllowed(bools));
    }

    [Fact]
    public void Results_Always_HaveNoBoolProperty()
    {
        var bools = ResultTypes().SelectMany(type => type.GetProperties()).Where(property => IsBool(property.PropertyType));

        Violations.None(NotAllowed(bools));
    }

    [Fact]
    public void Results_Always_HaveNoMethodThatAnswersABool()
    {
        var bools = ResultTypes().SelectMany(PackagedAssemblies.VisibleMethods)
            .Where(method => IsBool(method.ReturnType) && method.Name != nameof(Equals) && !IsTryPattern(method) && !method.IsFamily);

        Violations.None(NotAllowed(bools));
    }

    [Fact]
    public void AllowedMembers_Exist()
    {
        var members = PackagedAssemblies.PublicTypes.SelectMany(type => type.GetMembers()).Select(Describe);

        Violations.None(Allowed.Keys.Except(members));
    }

    // A result is what an asynchronous method of ours answers with, or what is named like one.
    private static IEnumerable<Type> ResultTypes()
    {
        var answered = PackagedAssemblies.PublicTypes.SelectMany(PackagedAssemblies.VisibleMethods)
            .Select(method => AsyncTypes.ResultOf(method.ReturnType))
            .OfType<Type>()
            .SelectMany(type => type.IsGenericType ? type.GetGenericArguments().Append(type.GetGenericTypeDefinition()) : [type]);

        return PackagedAssemblies.PublicTypes
            .Where(type => !type.IsEnum && !type.IsInterface)
            .Where(type => answered.Contains(type) || Array.Exists(ResultSuffixes, type.Name.Split('`')[0].EndsWith));
    }

    private static IEnumerable<string> NotAllowed(IEnumerable<MemberInfo> members) => members.Select(Describe).Except(Allowed.Keys);

    private static bool IsBool(Type type) => (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool);

    private static bool IsTryPattern(MethodInfo method) =>
        method.Name.StartsWith("Try", StringComparison.Ordinal) && method.GetParameters().Any(parameter => parameter.IsOut);

    private static string Describe(MemberInfo member) => $"{member.DeclaringType!.Name}.{member.Name}";
}
