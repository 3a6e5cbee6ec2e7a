using System.Net;

namespace DomainVerification.Email.Plans.Spf.Internal;

/// <summary>What a term of an SPF record does (RFC 7208, sections 5 and 6).</summary>
internal enum SpfTermKind
{
    All,
    Include,
    A,
    Mx,
    Ptr,
    Ip4,
    Ip6,
    Exists,
    Redirect,
    Explanation,
    OtherModifier,
}

/// <summary>A term of an SPF record.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Qualifier">The qualifier of a mechanism, <c>+</c> where none is written; U+0000 for a modifier.</param>
/// <param name="Text">The term as it stands in the record, without the qualifier; macros untouched.</param>
/// <param name="Domain">The domain or macro string, as written; null where there is none and the domain of the record counts.</param>
/// <param name="Network">The network of ip4 and ip6.</param>
/// <param name="Ip4Length">The length of the prefix of a and mx for IPv4.</param>
/// <param name="Ip6Length">The length of the prefix of a and mx for IPv6.</param>
internal sealed record SpfTerm(
    SpfTermKind Kind,
    char Qualifier,
    string Text,
    string? Domain = null,
    IPNetwork? Network = null,
    int Ip4Length = 32,
    int Ip6Length = 128)
{
    public bool IsMechanism => Kind < SpfTermKind.Redirect;

    public bool IsPass => Qualifier == '+';

    /// <summary>Whether it counts towards the ten look-ups (RFC 7208, section 4.6.4).</summary>
    public bool TakesLookup => Kind is SpfTermKind.Include
        or SpfTermKind.A
        or SpfTermKind.Mx
        or SpfTermKind.Ptr
        or SpfTermKind.Exists
        or SpfTermKind.Redirect;

    /// <summary>Whether the domain depends on the message.</summary>
    public bool HasMacro => Domain?.Contains('%', StringComparison.Ordinal) == true;

    /// <summary>Whether both match exactly the same senders, whatever they say of them.</summary>
    public bool MatchesSame(SpfTerm other) =>
        Kind == other.Kind
        && Ip4Length == other.Ip4Length
        && Ip6Length == other.Ip6Length
        && Network == other.Network
        && (Kind == SpfTermKind.OtherModifier
            ? Text.Equals(other.Text, StringComparison.Ordinal)
            : string.Equals(DomainKey, other.DomainKey, StringComparison.Ordinal));

    /// <summary>Whether everything that the other one matches is matched by this one too.</summary>
    public bool Covers(SpfTerm other) =>
        MatchesSame(other)
        || (Kind == other.Kind
            && Network is { } wide
            && other.Network is { } narrow
            && wide.PrefixLength <= narrow.PrefixLength
            && wide.Contains(narrow.BaseAddress));

    public override string ToString() => Qualifier is '+' or '\0' ? Text : Qualifier + Text;

    // The case of macro letters says whether to escape (RFC 7208, section 7.3); that of names says nothing.
    private string? DomainKey => HasMacro ? Domain : Domain?.TrimEnd('.').ToUpperInvariant();
}
