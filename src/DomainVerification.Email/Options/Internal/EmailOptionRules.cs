using System.Globalization;

namespace DomainVerification.Email.Options.Internal;

/// <summary>Collects what is wrong with options: which option, the value that it has, and what is allowed.</summary>
internal sealed class EmailOptionRules(string prefix)
{
    private readonly List<string> _failures = [];

    public IReadOnlyList<string> Failures => _failures;

    public void Range<T>(string option, T value, T minimum, T maximum)
        where T : IComparable<T> =>
        Require(
            option,
            value,
            value.CompareTo(minimum) >= 0 && value.CompareTo(maximum) <= 0,
            string.Create(CultureInfo.InvariantCulture, $"must be from {minimum} to {maximum}"));

    public void Defined<T>(string option, T value)
        where T : struct, Enum =>
        Require(option, value, Enum.IsDefined(value), $"must be one of {string.Join(", ", Enum.GetNames<T>())}");

    // Hyphens third and fourth are what encoded labels begin with (RFC 5891, section 4.2.3.1), and no domain name takes others.
    public void Label(string option, string? value, int maximum) => Require(
        option,
        value,
        value is { Length: > 0 } && value.Length <= maximum && value[0] != '-' && value[^1] != '-'
            && !(value.Length > 3 && value[2] == '-' && value[3] == '-')
            && value.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'),
        $"must be 1 to {maximum} lower-case letters, digits and inner hyphens, not both third and fourth");

    public void Require(string option, object? value, bool holds, string allowed)
    {
        if (!holds)
        {
            _failures.Add(string.Create(CultureInfo.InvariantCulture, $"{prefix}:{option} is '{value}' but {allowed}."));
        }
    }
}
