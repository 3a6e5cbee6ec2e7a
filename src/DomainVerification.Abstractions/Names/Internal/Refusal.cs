using System.Globalization;
using System.Text;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Names.Internal;

/// <summary>
/// The sentences for refused names. Each quotes what was given, says what is wrong, and offers the name that was probably meant, but only
/// where that name would be accepted.
/// </summary>
internal static class Refusal
{
    private const string NoSuggestion = "Enter the domain name alone, for example example.com.";

    internal static DomainVerificationError Empty() =>
        new(Codes.DomainEmpty, "No domain name was given. Enter one, for example example.com.");

    internal static DomainVerificationError TooLong(ReadOnlySpan<char> pasted) =>
        new(Codes.DomainTooLong, $"{Quote(pasted)} is too long: a domain name has at most 253 characters.");

    internal static DomainVerificationError LabelTooLong(ReadOnlySpan<char> pasted) => new(
        Codes.DomainLabelTooLong,
        $"A part of {Quote(pasted)} is too long: between two dots there are at most 63 characters, counted in the ASCII form.");

    internal static DomainVerificationError EmptyLabel(ReadOnlySpan<char> pasted, ReadOnlySpan<char> ascii) => new(
        Codes.DomainHasEmptyLabel,
        $"{Quote(pasted)} has a dot at its start, or two dots in a row. {Suggest(WithoutExtraDots(ascii), "Remove the extra dots.")}");

    internal static DomainVerificationError BadHyphen(ReadOnlySpan<char> pasted, ReadOnlySpan<char> label) => new(
        Codes.DomainHasBadHyphen,
        $"The part {Quote(label)} of {Quote(pasted)} has a hyphen where none may stand: not first, not last, and not third and fourth.");

    internal static DomainVerificationError IpAddress(ReadOnlySpan<char> pasted) => new(
        Codes.DomainIsIpAddress, $"{Quote(pasted)} is read as an IP address. Enter a domain name, for example example.com.");

    internal static DomainVerificationError EndsInNumber(ReadOnlySpan<char> pasted, ReadOnlySpan<char> last) => new(
        Codes.DomainEndsInNumber,
        $"{Quote(pasted)} ends in the number {Quote(last)}, as only IP addresses do. Enter a domain name, for example example.com.");

    internal static DomainVerificationError SingleLabel(ReadOnlySpan<char> pasted) => new(
        Codes.DomainIsSingleLabel,
        $"{Quote(pasted)} has one part only. Enter the whole domain name with its ending, for example example.com.");

    internal static DomainVerificationError Url(ReadOnlySpan<char> pasted, ReadOnlySpan<char> host) => new(
        Codes.DomainIsUrl, $"{Quote(pasted)} is a web address. {Suggest(host)}");

    internal static DomainVerificationError Email(ReadOnlySpan<char> pasted, ReadOnlySpan<char> host) => new(
        Codes.DomainIsEmail, $"{Quote(pasted)} is an e-mail address. {Suggest(host)}");

    internal static DomainVerificationError Path(ReadOnlySpan<char> pasted, ReadOnlySpan<char> host) => new(
        Codes.DomainHasPath, $"{Quote(pasted)} carries a path or a query. {Suggest(host)}");

    internal static DomainVerificationError Port(ReadOnlySpan<char> pasted, ReadOnlySpan<char> host) => new(
        Codes.DomainHasPort, $"{Quote(pasted)} carries a port number. {Suggest(host)}");

    internal static DomainVerificationError Wildcard(ReadOnlySpan<char> pasted, ReadOnlySpan<char> parent) => new(
        Codes.DomainIsWildcard, $"{Quote(pasted)} is a wildcard. {Suggest(parent)}");

    internal static DomainVerificationError Space(ReadOnlySpan<char> pasted, ReadOnlySpan<char> trimmed) => new(
        Codes.DomainHasSpace, $"{Quote(pasted)} holds white space, which no domain name does. {Suggest(trimmed)}");

    internal static DomainVerificationError ServiceName(ReadOnlySpan<char> pasted, ReadOnlySpan<char> parent) => new(
        Codes.DomainHasInvalidCharacter,
        $"{Quote(pasted)} is the name of a DNS record: a part of it starts with an underscore. {Suggest(parent)}");

    internal static DomainVerificationError InvalidCharacter(ReadOnlySpan<char> pasted, Rune character) => new(
        Codes.DomainHasInvalidCharacter,
        $"{Quote(pasted)} holds {Quote(character)}, which no domain name may hold. "
        + "Use letters, digits and hyphens, with dots between the parts.");

    internal static DomainVerificationError MisplacedCharacter(ReadOnlySpan<char> pasted, Rune character) => new(
        Codes.DomainHasInvalidCharacter,
        $"{Quote(pasted)} holds {Quote(character)} in a place where it has no meaning in any script. Remove it.");

    internal static DomainVerificationError InvalidPunycode(ReadOnlySpan<char> pasted, ReadOnlySpan<char> label) => new(
        Codes.DomainHasInvalidPunycode,
        $"The part {Quote(label)} of {Quote(pasted)} starts with xn-- but encodes no valid label. Enter the name in its own letters.");

    internal static DomainVerificationError BreaksBidiRule(ReadOnlySpan<char> pasted) => new(
        Codes.DomainBreaksBidiRule,
        $"{Quote(pasted)} mixes right-to-left and left-to-right writing in a way that domain names may not (RFC 5893).");

    private static string Quote(ReadOnlySpan<char> text) => QuotedText.Of(text);

    private static string Quote(Rune character)
    {
        var quoted = QuotedText.Of(character.ToString());
        return character.IsAscii ? quoted : string.Create(CultureInfo.InvariantCulture, $"{quoted} (U+{character.Value:X4})");
    }

    private static string WithoutExtraDots(ReadOnlySpan<char> ascii) =>
        string.Join('.', ascii.ToString().Split('.', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Only plain candidates are parsed: their refusals suggest nothing in turn.</summary>
    private static string Suggest(ReadOnlySpan<char> candidate, string otherwise = NoSuggestion) =>
        PastedShape.IsPlain(candidate) && DomainName.TryParse(candidate, out var name, out _)
            ? $"Enter the domain name alone: {name.Unicode}"
            : otherwise;
}
