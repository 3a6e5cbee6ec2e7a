using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>What holds for every text, drawn from pieces that names and their attackers are made of.</summary>
public class DomainNamePropertyTests
{
    private static readonly string[] s_pieces =
    [
        "a", "Z", "9", "-", ".", "xn--", "acme.com", "bcher-kva", "\u3002", "ü", "u\u0308", "ß", "\u1E9E", "İ", "ı", "Å", "한",
        "\u1112\u1161", "א", "ا", "١", "日本", "１", "ｘ", "\u200C", "\u200D", "\u094D", "\u0301", "\u0323", "\u00AD", "\u202E", "\0", " ", "_", "*", "@", ":",
        "/", "[", "]", "%", "😀", "\uD800", "\uDC00", "\uFFFD", "0x1f", "ﷺ", "𐐀",
    ];

    private static readonly Arbitrary<string> s_texts = Gen.Elements(s_pieces).ListOf().Select(string.Concat).ToArbitrary();

    /// <summary>Mostly accepted: two or three labels of characters that all may stand in a name.</summary>
    private static readonly Arbitrary<string> s_names =
        Gen.Elements("a", "K", "7", "é", "E\u0301", "ß", "Ω", "ж", "日", "ｂ", "各", "\u1112\u1161", "क\u094D\u200D")
            .NonEmptyListOf().Select(string.Concat).NonEmptyListOf()
            .Select(labels => string.Join('.', labels.Take(3)) + ".Example").ToArbitrary();

    [Fact]
    public void TryParse_AnyText_GivesEitherANameOrAnError() => Check(s_texts, text =>
    {
        var parsed = DomainName.TryParse(text, out var name, out var error);
        return parsed == (name is not null) && parsed == (error is null);
    });

    [Fact]
    public void TryParse_AnyString_NeverThrows() => Check(
        ArbMap.Default.ArbFor<string>(),
        text => DomainName.TryParse(text, out _, out var error) || error.Message.Length > 0);

    [Fact]
    public void TryParse_AnyText_RefusesWithAShortMessageOfVisibleCharacters() => Check(s_texts, text =>
        DomainName.TryParse(text, out _, out var error)
        || (error.Message.Length < 1000 && !error.Message.Any(shown => char.IsControl(shown) || shown is '\u202E' or '\u200C')));

    [Fact]
    public void Value_OfAnyName_ParsesToItself() => Check(s_texts, text => Accepted(text, name => DomainName.Parse(name.Value) == name));

    [Fact]
    public void Value_OfAnyName_IsAHostNameInLowerCase() => Check(s_names, text => Accepted(text, name =>
        name.Value.Length <= 253
        && name.LabelCount >= 2
        && name.Value.Split('.').All(label => label.Length is > 0 and < 64)
        && name.Value.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '-' or '.')));

    [Fact]
    public void Unicode_OfAnyName_ParsesToTheSameName() =>
        Check(s_names, text => Accepted(text, name => DomainName.Parse(name.Unicode) == name));

    [Fact]
    public void TryParse_OtherCase_GivesTheSameName() => Check(s_names, text => Accepted(text, name =>
        DomainName.Parse(name.Value.ToUpperInvariant()) == name && DomainName.Parse(text + ".") == name));

    [Fact]
    public void Ancestor_OfAnyName_IsANameAbove() => Check(s_names, text => Accepted(text, name =>
        Enumerable.Range(2, name.LabelCount - 1).All(labels =>
            DomainName.Parse(name.Ancestor(labels).Value).LabelCount == labels
            && name.IsSubdomainOf(name.Ancestor(labels)) == (labels < name.LabelCount))));

    private static bool Accepted(string text, Func<DomainName, bool> holds) =>
        !DomainName.TryParse(text, out var name) || holds(name);

    private static void Check<T>(Arbitrary<T> arbitrary, Func<T, bool> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(arbitrary, holds));
}
