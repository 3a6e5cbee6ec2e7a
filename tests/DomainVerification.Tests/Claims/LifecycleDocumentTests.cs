using DomainVerification.Claims.Internal;

namespace DomainVerification.Tests.Claims;

public class LifecycleDocumentTests
{
    [Fact]
    public void Document_TableOfMoves_IsTheTableOfTheCode()
    {
        var documented = MarkdownTable.Read("lifecycle.md", "From").Select(cells => string.Join(" | ", cells));
        var coded = ClaimLifecycle.Table.Select(row => $"{row.From} | {row.Action} | {row.To} | {row.Event ?? "none"}");

        Assert.Equal(coded, documented);
    }

    [Fact]
    public void Document_TableOfStatuses_NamesEachWithItsMeaning()
    {
        var documented = MarkdownTable.Read("lifecycle.md", "Status").Select(cells => $"{cells[0]} {cells[2]} {cells[3]} {cells[4]}");
        var coded = Enum.GetValues<ClaimStatus>()
            .Select(status => $"{status} {Word(status.IsLive)} {Word(status.IsProved)} {Word(status.Holds)}");

        Assert.Equal(coded, documented);
    }

    private static string Word(bool holds) => holds ? "yes" : "no";
}
