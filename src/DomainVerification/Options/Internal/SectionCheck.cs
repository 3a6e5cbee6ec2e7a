using System.Globalization;
using System.Reflection;
using DomainVerification.Dns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>
/// Checks a section of the configuration before it is bound. The binder passes over a name that it does not know, so that a misspelt option
/// would quietly keep its default.
/// </summary>
internal sealed class SectionCheck
{
    private static readonly PropertyInfo[] Profile = typeof(DomainVerificationOptions).GetProperties();
    private static readonly PropertyInfo[] Token = typeof(TokenOptions).GetProperties();
    private static readonly PropertyInfo[] Recheck = typeof(RecheckOptions).GetProperties();
    private static readonly PropertyInfo[] Transfers = typeof(TransferOptions).GetProperties();
    private static readonly PropertyInfo[] Watch = typeof(WatchOptions).GetProperties();
    private static readonly PropertyInfo[] Files = typeof(FileProofOptions).GetProperties();
    private static readonly PropertyInfo[] Key = typeof(TokenKey).GetProperties();
    private static readonly PropertyInfo[] Worker = typeof(DomainVerificationWorkerOptions).GetProperties();
    private static readonly PropertyInfo[] CheckLimits = typeof(CheckLimitOptions).GetProperties();
    private static readonly PropertyInfo[] Dns = typeof(DnsResolverOptions).GetProperties();
    private static readonly PropertyInfo[] Http = typeof(HttpFileProofOptions).GetProperties();

    private readonly List<string> _failures = [];

    /// <summary>
    /// Checks the section of the default profile, which has those of the named profiles, the worker, the limits of checks, the DNS
    /// client, the file checks and the sending identities in it.
    /// </summary>
    public static void DefaultProfile(IConfigurationSection section) =>
        Run(section, Profile, typeof(DomainVerificationOptions), "Profiles", "Worker", "CheckLimits", "Dns", "Http", "Email");

    /// <summary>Checks the section of a named profile, which has its own sending identities in it.</summary>
    public static void NamedProfile(IConfigurationSection section) =>
        Run(section, Profile, typeof(DomainVerificationOptions), "Email");

    /// <summary>Checks the section of the worker.</summary>
    public static void WorkerSection(IConfigurationSection section) => Run(section, Worker, typeof(DomainVerificationWorkerOptions));

    /// <summary>Checks the section of the limits of checks.</summary>
    public static void CheckLimitsSection(IConfigurationSection section) => Run(section, CheckLimits, typeof(CheckLimitOptions));

    /// <summary>Checks the section of the DNS client.</summary>
    public static void DnsSection(IConfigurationSection section) => Run(section, Dns, typeof(DnsResolverOptions));

    /// <summary>Checks the section of the file checks.</summary>
    public static void HttpSection(IConfigurationSection section) => Run(section, Http, typeof(HttpFileProofOptions));

    private static void Run(IConfigurationSection section, PropertyInfo[] options, Type type, params string[] sections)
    {
        var check = new SectionCheck();
        check.Group(section, options, sections);
        if (check._failures.Count > 0)
        {
            throw new OptionsValidationException(section.Path, type, check._failures);
        }
    }

    private void Group(IConfigurationSection section, PropertyInfo[] options, params string[] sections)
    {
        foreach (var child in section.GetChildren())
        {
            if (Array.Find(options, option => string.Equals(option.Name, child.Key, StringComparison.OrdinalIgnoreCase)) is { } option)
            {
                Option(child, option.PropertyType);
            }
            else if (!sections.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                var known = options.Select(known => known.Name).Concat(sections);
                _failures.Add($"{child.Path} is no option. Known here are {string.Join(", ", known)}.");
            }
        }
    }

    private void Option(IConfigurationSection section, Type type)
    {
        if (type == typeof(TokenOptions))
        {
            Group(section, Token);
        }
        else if (type == typeof(RecheckOptions))
        {
            Group(section, Recheck);
        }
        else if (type == typeof(TransferOptions))
        {
            Group(section, Transfers);
        }
        else if (type == typeof(FileProofOptions))
        {
            Group(section, Files);
        }
        else if (type == typeof(WatchOptions))
        {
            Group(section, Watch);
        }
        else if (type.IsGenericType)
        {
            List(section, type.GenericTypeArguments[0]);
        }
        else
        {
            Value(section, type);
        }
    }

    private void List(IConfigurationSection section, Type type)
    {
        // The value is not shown, since it may be a key.
        if (!string.IsNullOrEmpty(section.Value))
        {
            _failures.Add($"{section.Path} is one value but must be a list, such as {section.Path}:0.");
        }

        foreach (var item in section.GetChildren())
        {
            if (type == typeof(TokenKey))
            {
                Group(item, Key);
            }
            else
            {
                Value(item, type);
            }
        }
    }

    private void Value(IConfigurationSection section, Type type)
    {
        _failures.AddRange(section.GetChildren().Select(child => $"{child.Path} is no option, since {section.Path} is one value."));
        if (section.Value is { } value && Allowed(type, value) is { } allowed)
        {
            _failures.Add($"{section.Path} is '{value}' but must be {allowed}.");
        }
    }

    /// <summary>What the type allows, where the text is none of it.</summary>
    private static string? Allowed(Type type, string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (type.IsEnum)
        {
            return Enum.TryParse(type, text, ignoreCase: true, out _) ? null : $"one of {string.Join(", ", Enum.GetNames(type))}";
        }

        if (type == typeof(TimeSpan))
        {
            return TimeSpan.TryParse(text, invariant, out _) ? null : "a time span as [days.]hours:minutes:seconds, such as 1.12:00:00";
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(text, out _) ? null : "true or false";
        }

        if (type == typeof(int))
        {
            return int.TryParse(text, NumberStyles.Integer, invariant, out _) ? null : "a whole number";
        }

        return type != typeof(double) || double.TryParse(text, NumberStyles.Float, invariant, out _) ? null : "a number with a decimal point";
    }
}
