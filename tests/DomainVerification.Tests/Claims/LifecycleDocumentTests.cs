using DomainVerification.Claims.Internal;

namespace DomainVerification.Tests.Claims;

public class LifecycleDocumentTests
{
    [Fact]
    public void Document_TableOfMoves_IsTheTableOfTheCode()
    {
        var documented = MarkdownTable.Read("lifecycle.md", "From").Select(cells => string.Join(" | ", cells));
        var coded = ClaimTransitions.Table.Select(row => $"{row.From} | {row.Action} | {row.To} | {row.Event ?? "none"}");

        Assert.Equal(coded, documented);
    }

    [Theory]
    [InlineData("lifecycle.md")]
    [InlineData("transfers.md")]
    public void Document_Diagram_HasAnEdgeForEachMoveOfTheCode(string document)
    {
        var lines = File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", document));
        var drawn = lines.Where(line => line.Contains("-->", StringComparison.Ordinal)).Select(line => line.Trim()).ToList();
        var statuses = document == "lifecycle.md" ? Enum.GetValues<ClaimStatus>() : [ClaimStatus.Verified, ClaimStatus.InReview];
        var coded = ClaimTransitions.Table
            .Where(row => row.From != row.To && (statuses.Contains(row.From) || row.To == ClaimStatus.Released))
            .Select(row => $"{row.From} --> {row.To}: {row.Event}")
            .Concat([$"[*] --> Provisioning: {ClaimEventTypes.Restored}", $"[*] --> Claimed: {ClaimEventTypes.Restored}"]);

        Assert.Equal(coded.Distinct().Order(), drawn.Where(IsMove).Order());

        static bool IsMove(string edge) =>
            !edge.EndsWith("[*]", StringComparison.Ordinal) && edge != $"[*] --> Pending: {ClaimEventTypes.Requested}";
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
