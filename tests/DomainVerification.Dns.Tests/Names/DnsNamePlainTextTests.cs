using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

/// <summary>A text without escapes is read in a shorter way, which has to take and refuse the same, and to make the same name.</summary>
public sealed class DnsNamePlainTextTests
{
    // Dots are frequent, so that labels are short, empty and at both ends; the last two are no plain text.
    private const string Letters = "aZ0-_*!~@....é ";

    private static readonly Gen<string> AnyText =
        Gen.Choose(0, 40).SelectMany(length => Gen.Elements(Letters.ToCharArray()).ArrayOf(length)).Select(letters => new string(letters));

    private static readonly Gen<string> PlainText =
        Gen.Choose(1, 300).SelectMany(length => Gen.Frequency(
            (20, Gen.Choose('!', '~').Select(letter => (char)letter).Where(letter => letter is not ('\\' or '.'))),
            (1, Gen.Constant('.'))).ArrayOf(length)).Select(letters => new string(letters));

    [Fact]
    public void AnyText_IsReadAsItsEscapedForm() => Prop.ForAll(Gen.OneOf(AnyText, PlainText).ToArbitrary(), text =>
    {
        AssertSame(text);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("...")]
    [InlineData(".a")]
    [InlineData("a.")]
    [InlineData("a..")]
    [InlineData("a..b")]
    [InlineData(".a.")]
    [InlineData("a")]
    [InlineData("a.b.c.")]
    [InlineData("!.~")]
    [InlineData("*.example.com")]
    public void DotsAnywhere_AreReadAsInTheEscapedForm(string text) => AssertSame(text);

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(65, false)]
    public void LongestLabel_Is63Octets(int length, bool isName)
    {
        var label = new string('a', length);
        foreach (var text in new[] { label, $"{label}.", $"{label}.b", $"b.{label}", $"b.{label}.", $"b.{label}.c" })
        {
            Assert.Equal(isName, DnsName.TryParse(text, out _));
            AssertSame(text);
        }
    }

    /// <summary>A name of 255 octets on the wire is a text of 253, and of 254 with the dot at its end.</summary>
    [Theory]
    [InlineData(252, true, true)]
    [InlineData(253, true, true)]
    [InlineData(254, false, true)]
    [InlineData(255, false, false)]
    [InlineData(256, false, false)]
    [InlineData(1000, false, false)]
    public void LongestName_Is255Octets(int length, bool isNameWithoutDot, bool isNameWithDot)
    {
        foreach (var labelLength in new[] { 1, 2, 7, 63 })
        {
            var without = Fill(length, labelLength);
            var with = Fill(length - 1, labelLength) + '.';

            Assert.Equal((length, length), (without.Length, with.Length));
            Assert.Equal(isNameWithoutDot, DnsName.TryParse(without, out _));
            Assert.Equal(isNameWithDot, DnsName.TryParse(with, out _));
            AssertSame(without);
            AssertSame(with);
        }
    }

    /// <summary>A text of so many letters and dots, none of its labels empty or too long.</summary>
    private static string Fill(int length, int labelLength)
    {
        StringBuilder builder = new();
        while (length - builder.Length > labelLength + 1)
        {
            builder.Append('a', labelLength).Append('.');
        }

        var rest = length - builder.Length;
        return (rest > 63 ? builder.Append('a', rest - 2).Append(".b") : builder.Append('b', rest)).ToString();
    }

    /// <summary>With any one letter escaped the text is read by the other way.</summary>
    private static void AssertSame(string text)
    {
        var isName = DnsName.TryParse(text, out var name);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is < '!' or > '~' or '.' or '\\')
            {
                continue;
            }

            var escaped = string.Create(CultureInfo.InvariantCulture, $"{text[..at]}\\{(int)text[at]:D3}{text[(at + 1)..]}");
            Assert.Equal(isName, DnsName.TryParse(escaped, out var other));
            Assert.Equal(name?.WireForm.ToArray(), other?.WireForm.ToArray());
            Assert.Equal(name?.LabelCount, other?.LabelCount);
        }

        if (name is not null)
        {
            Assert.Equal(text == "." ? "." : text.TrimEnd('.'), Unescape(name.ToString()));
        }
    }

    private static string Unescape(string text) => text.Replace("\\", "", StringComparison.Ordinal);
}
