using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DomainVerification.AspNetCore;
using DomainVerification.Diagnostics;
using DomainVerification.Dns;
using DomainVerification.Email;
using DomainVerification.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DomainVerification.Docs.Tests.Observability;

/// <summary>What the assemblies and the sources of the packages measure, trace and log.</summary>
internal static partial class ShippedCode
{
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly[] _assemblies =
    [
        typeof(DomainClaim).Assembly, typeof(DnsName).Assembly, typeof(DomainVerificationDiagnostics).Assembly,
        typeof(DomainVerificationWebOptions).Assembly, typeof(SendingStatus).Assembly, typeof(DomainVerificationDbContext).Assembly,
    ];

    private static readonly FieldInfo[] _fields =
    [
        .. _assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(AnyStatic))
            .Where(field => field.FieldType.IsAssignableTo(typeof(Instrument))),
    ];

    /// <summary>Every instrument that the meter publishes once all classes that hold one are initialized.</summary>
    public static IReadOnlyList<Instrument> Instruments()
    {
        List<Instrument> published = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == DomainVerificationDiagnostics.MeterName)
                {
                    lock (published)
                    {
                        published.Add(instrument);
                    }
                }
            },
        };
        listener.Start();
        foreach (var field in _fields)
        {
            RuntimeHelpers.RunClassConstructor(field.DeclaringType!.TypeHandle);
        }

        lock (published)
        {
            return [.. published.DistinctBy(instrument => instrument.Name).OrderBy(instrument => instrument.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Each pair of an instrument and a tag that its measurements are made with, read from the sources.</summary>
    public static IReadOnlySet<(string Instrument, string Tag)> Tags() =>
        _fields.SelectMany(field => TagsOf(field).Select(tag => (((Instrument)field.GetValue(null)!).Name, tag))).ToHashSet();

    /// <summary>Every name that an activity is started with.</summary>
    public static IReadOnlySet<string> Activities() =>
        _assemblies.SelectMany(Sources)
            .SelectMany(source => ActivityStart().Matches(source))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();

    /// <summary>Every log message.</summary>
    public static IReadOnlyList<LoggerMessageAttribute> Messages() =>
    [
        .. _assemblies.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(AnyStatic | BindingFlags.Instance))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>()
            .OrderBy(message => message.EventId),
    ];

    private static IEnumerable<string> TagsOf(FieldInfo field)
    {
        var type = field.DeclaringType!.Name;
        var own = new Regex($@"(?<![.\w]){field.Name}\s*\.(?:Add|Record)\((.*?)\);", RegexOptions.Singleline);
        var foreign = new Regex($@"\b{type}\.{field.Name}\s*\.(?:Add|Record)\((.*?)\);", RegexOptions.Singleline);
        return Sources(field.DeclaringType.Assembly)
            .SelectMany(source => foreign.Matches(source).Concat(Declares(source, type) ? own.Matches(source) : []))
            .SelectMany(call => Tag().Matches(call.Groups[1].Value))
            .Select(match => match.Groups[1].Value);
    }

    private static bool Declares(string source, string type) => Regex.IsMatch(source, $@"\b(?:class|struct) {type}\b");

    private static IEnumerable<string> Sources(Assembly assembly) =>
        Directory.EnumerateFiles(
                Path.Combine(RepositoryFiles.Root, "src", assembly.GetName().Name!), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex("object\\?>\\(\\s*\"([^\"]+)\"")]
    private static partial Regex Tag();

    [GeneratedRegex("\\.StartActivity\\(\\s*\"([^\"]+)\"")]
    private static partial Regex ActivityStart();
}
