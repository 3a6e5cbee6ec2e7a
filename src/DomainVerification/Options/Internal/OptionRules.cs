using System.Globalization;

namespace DomainVerification.Options.Internal;

/// <summary>Collects what is wrong with options: which option, the value it has, and what is allowed.</summary>
internal sealed class OptionRules(string prefix)
{
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => _failures;

    public void Range<T>(string option, T value, T minimum, T maximum)
        where T : IComparable<T>
    {
        if (value.CompareTo(minimum) < 0 || value.CompareTo(maximum) > 0)
        {
            Fail(option, value, string.Create(CultureInfo.InvariantCulture, $"must be from {minimum} to {maximum}"));
        }
    }

    public void Defined<T>(string option, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Fail(option, value, $"must be one of {string.Join(", ", Enum.GetNames<T>())}");
        }
    }

    public void Require(string option, object? value, bool holds, string allowed)
    {
        if (!holds)
        {
            Fail(option, value, allowed);
        }
    }

    /// <summary>Adds a failure that must not show the value, because it is a secret.</summary>
    public void RequireSecret(string option, bool holds, string allowed)
    {
        if (!holds)
        {
            _failures.Add($"{prefix}{option} {allowed}.");
        }
    }

    private void Fail(string option, object? value, string allowed) =>
        _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{prefix}{option} is '{value}' but {allowed}."));
}
