using System.Diagnostics.CodeAnalysis;
using DomainVerification.Names.Internal;

namespace DomainVerification;

/// <summary>
/// A domain name in the one form that is used as a key: lower-case A-labels, no trailing dot (<c>xn--bcher-kva.example</c>). Two
/// spellings of the same name (<c>Bücher.Example.</c>, <c>XN--BCHER-KVA.example</c>) give equal instances.
/// </summary>
/// <remarks>
/// A name is read by UTS #46, non-transitional, with every check switched on, at a pinned Unicode version, so every machine gives the
/// same answer. Refused beyond that: single labels, IP addresses, and names whose last label is a number. See <c>docs/domain-names.md</c>.
/// </remarks>
public sealed class DomainName : IEquatable<DomainName>, IComparable<DomainName>, ISpanParsable<DomainName>
{
    private string? _unicode;

    /// <summary>Takes a value that the parser found canonical, or that was cut from a canonical one at a dot.</summary>
    internal DomainName(string canonical)
    {
        Value = canonical;
        LabelCount = canonical.AsSpan().Count('.') + 1;
    }

    /// <summary>
    /// The canonical form: lower-case ASCII labels joined by dots, at most 253 characters, no trailing dot. Use it as the key.
    /// </summary>
    public string Value { get; }

    /// <summary>The number of labels: 2 for <c>acme.com</c>. Never less than 2.</summary>
    public int LabelCount { get; }

    /// <summary>The form to show to people, with every A-label decoded (<c>bücher.example</c>). Parsing it gives an equal name.</summary>
    public string Unicode => _unicode ??= UnicodeForm.Of(Value);

    /// <summary>Compares the canonical forms ordinally.</summary>
    public static bool operator ==(DomainName? left, DomainName? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares the canonical forms ordinally.</summary>
    public static bool operator !=(DomainName? left, DomainName? right) => !(left == right);

    /// <summary>Compares the canonical forms ordinally; null sorts first.</summary>
    public static bool operator <(DomainName? left, DomainName? right) => Compare(left, right) < 0;

    /// <summary>Compares the canonical forms ordinally; null sorts first.</summary>
    public static bool operator >(DomainName? left, DomainName? right) => Compare(left, right) > 0;

    /// <summary>Compares the canonical forms ordinally; null sorts first.</summary>
    public static bool operator <=(DomainName? left, DomainName? right) => Compare(left, right) <= 0;

    /// <summary>Compares the canonical forms ordinally; null sorts first.</summary>
    public static bool operator >=(DomainName? left, DomainName? right) => Compare(left, right) >= 0;

    /// <summary>Reads a domain name as a person may have typed or pasted it.</summary>
    /// <param name="text">
    /// The name: any case, A-labels or Unicode, one trailing dot allowed, no white space around it. Anything above 1024 characters is
    /// refused unread.
    /// </param>
    /// <param name="name">The canonical name, or null where the text was refused.</param>
    /// <param name="error">
    /// Why the text was refused, with one of the <c>domain_*</c> codes of <see cref="DomainVerificationErrorCodes"/> and a message that can
    /// be shown to the customer; or null.
    /// </param>
    /// <returns>True where the text is a domain name.</returns>
    public static bool TryParse(
        [NotNullWhen(true)] string? text,
        [NotNullWhen(true)] out DomainName? name,
        [NotNullWhen(false)] out DomainVerificationError? error)
    {
        error = DomainNameParser.Read(text, text, out name);
        return name is not null;
    }

    /// <inheritdoc cref="TryParse(string?, out DomainName?, out DomainVerificationError?)"/>
    public static bool TryParse(
        ReadOnlySpan<char> text,
        [NotNullWhen(true)] out DomainName? name,
        [NotNullWhen(false)] out DomainVerificationError? error)
    {
        error = DomainNameParser.Read(text, whole: null, out name);
        return name is not null;
    }

    /// <inheritdoc cref="TryParse(string?, out DomainName?, out DomainVerificationError?)"/>
    public static bool TryParse([NotNullWhen(true)] string? text, [MaybeNullWhen(false)] out DomainName name) =>
        TryParse(text, out name, out var _);

    /// <summary>Reads a domain name that is known to be one, for example from a store.</summary>
    /// <param name="text">The name, as for <see cref="TryParse(string?, out DomainName?, out DomainVerificationError?)"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="FormatException">The text is no domain name; the message starts with the stable code.</exception>
    public static DomainName Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var name, out var error) ? name : throw Refused(error);
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static DomainName Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var name, out var error) ? name : throw Refused(error);

    static DomainName IParsable<DomainName>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static DomainName ISpanParsable<DomainName>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool ISpanParsable<DomainName>.TryParse(
        ReadOnlySpan<char> s, IFormatProvider? provider, [MaybeNullWhen(false)] out DomainName result) => TryParse(s, out result, out _);

    /// <summary>Reads a domain name; the culture has no say in it. Lets ASP.NET Core bind route and query values.</summary>
    /// <param name="s">The name, as for <see cref="TryParse(string?, out DomainName?, out DomainVerificationError?)"/>.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="result">The canonical name, or null where the text was refused.</param>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DomainName result) =>
        TryParse(s, out result, out var _);

    /// <summary>
    /// Whether this name lies below the other one: <c>mail.acme.com</c> below <c>acme.com</c>. A name does not lie below itself.
    /// </summary>
    /// <param name="other">The name that may be above this one.</param>
    public bool IsSubdomainOf(DomainName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var dot = Value.Length - other.Value.Length - 1;
        return dot > 0 && Value[dot] == '.' && Value.EndsWith(other.Value, StringComparison.Ordinal);
    }

    /// <summary>The name formed by the last labels of this one: of <c>a.b.acme.com</c> with 2 labels, <c>acme.com</c>.</summary>
    /// <param name="labels">How many labels to keep: at least 2, at most <see cref="LabelCount"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="labels"/> is outside that range.</exception>
    public DomainName Ancestor(int labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels, LabelCount);
        var start = 0;
        for (var dropped = LabelCount - labels; dropped > 0; dropped--)
        {
            start = Value.IndexOf('.', start) + 1;
        }

        return start == 0 ? this : new DomainName(Value[start..]);
    }

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] DomainName? other) =>
        other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as DomainName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <inheritdoc/>
    public int CompareTo(DomainName? other) => string.CompareOrdinal(Value, other?.Value);

    /// <summary>The canonical form, <see cref="Value"/>.</summary>
    public override string ToString() => Value;

    private static FormatException Refused(DomainVerificationError error) => new(error.ToString());

    private static int Compare(DomainName? left, DomainName? right) => string.CompareOrdinal(left?.Value, right?.Value);
}
