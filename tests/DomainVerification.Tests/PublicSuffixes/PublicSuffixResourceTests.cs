using DomainVerification.PublicSuffixes;
using DomainVerification.PublicSuffixes.Internal;

namespace DomainVerification.Tests.PublicSuffixes;

public sealed class PublicSuffixResourceTests
{
    private static readonly DateOnly Day = new(2026, 4, 5);

    [Fact]
    public void Read_OfWrittenList_IsTheSameList()
    {
        var list = PublicSuffixLists.Parse(PublicSuffixLists.Text("com\n*.ck\n!www.ck\na.*.b", "github.io\n!x.github.io"), Day);

        var copy = PublicSuffixResource.Read(PublicSuffixResource.Write(list));

        Assert.Equal(list.EnumerateRules(), copy.EnumerateRules());
        Assert.Equal(list.RuleCount, copy.RuleCount);
        Assert.Equal(Day, copy.ListDate);
        foreach (var name in new[] { "ck", "x.ck", "www.ck", "a.y.b", "x.github.io", "q.github.io", "none" })
        {
            Assert.Equal(list.Find(name), copy.Find(name));
        }
    }

    [Fact]
    public void Write_OfBuiltInList_GivesTheCommittedBytes()
    {
        using var stream = typeof(PublicSuffixList).Assembly.GetManifestResourceStream(PublicSuffixResource.Name)!;
        var committed = new byte[stream.Length];
        stream.ReadExactly(committed);

        Assert.True(committed.AsSpan().SequenceEqual(PublicSuffixResource.Write(PublicSuffixList.BuiltIn)));
    }

    [Fact]
    public void Write_OfUndatedList_Throws() =>
        Assert.Throws<ArgumentException>(() => PublicSuffixResource.Write(PublicSuffixLists.Parse(PublicSuffixLists.Text("com"))));

    [Theory]
    [InlineData("")]
    [InlineData("DVPS")]
    [InlineData("something else altogether")]
    public void Read_OfOtherBytes_Throws(string content) =>
        Assert.Throws<InvalidDataException>(() => PublicSuffixResource.Read(System.Text.Encoding.ASCII.GetBytes(content)));
}
