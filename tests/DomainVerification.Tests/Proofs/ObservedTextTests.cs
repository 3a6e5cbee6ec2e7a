using DomainVerification.Proofs.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Tests.Proofs;

public class ObservedTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("token=abc", "token=abc")]
    [InlineData("\u001b[31mred", "\\027[31mred")]
    [InlineData("a\r\nb", "a\\013\\010b")]
    [InlineData("\0", "\\000")]
    [InlineData("\u007f", "\\127")]
    [InlineData("é", "\\195\\169")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>")]
    public void Show_Value_IsPrintableAscii(string value, string shown) => Assert.Equal(shown, ObservedText.Show(value));

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    [InlineData(64 * 1024, true)]
    public void Show_LongValue_IsCutAt100(int length, bool isCut)
    {
        var shown = ObservedText.Show(new string('a', length));

        Assert.Equal(isCut ? new string('a', 100) + "..." : new string('a', length), shown);
    }

    [Fact]
    public void Show_EscapeAtTheEdge_IsNotCutInTwo() =>
        Assert.Equal(new string('a', 98) + "...", ObservedText.Show(new string('a', 98) + "\u0001z"));

    [Fact]
    public void Show_AnyText_IsShortAndPrintable() =>
        Prop.ForAll<string>(value =>
        {
            var shown = ObservedText.Show(value ?? "");
            return shown.Length <= ObservedValue.MaximumLength + 3 && shown.All(c => c is >= ' ' and <= '~');
        }).QuickCheckThrowOnFailure();
}
