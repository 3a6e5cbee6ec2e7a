using System.Globalization;
using System.Text.RegularExpressions;
using Codes = DomainVerification.DomainVerificationErrorCodes;

namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>The table of refusals in <c>docs/domain-names.md</c> is the test data, so that it cannot drift from the code.</summary>
public partial class DomainNameRefusalTests
{
    private static readonly string[] s_codes =
    [
        Codes.DomainEmpty, Codes.DomainIsUrl, Codes.DomainIsEmail, Codes.DomainHasPort, Codes.DomainHasPath, Codes.DomainHasSpace,
        Codes.DomainIsWildcard, Codes.DomainIsIpAddress, Codes.DomainIsSingleLabel, Codes.DomainEndsInNumber, Codes.DomainHasEmptyLabel,
        Codes.DomainTooLong, Codes.DomainLabelTooLong, Codes.DomainHasInvalidCharacter, Codes.DomainHasBadHyphen,
        Codes.DomainHasInvalidPunycode, Codes.DomainBreaksBidiRule,
    ];

    public static TheoryData<string, string, string> Table()
    {
        var table = new TheoryData<string, string, string>();
        foreach (var row in ReadRows())
        {
            table.Add(row[0], row[1], row[2]);
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void TryParse_DocumentedRefusal_GivesTheCodeAndMessage(string given, string code, string message)
    {
        var text = string.Concat(given.Split(" + ").Select(Expand));

        Assert.False(DomainName.TryParse(text, out var name, out var error));
        Assert.Null(name);
        Assert.Equal((code, message), (error.Code, error.Message));
    }

    [Fact]
    public void Table_Always_ShowsEveryCode() =>
        Assert.Equal(s_codes.Order(StringComparer.Ordinal), ReadRows().Select(row => row[1]).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string[]> ReadRows() =>
        from line in File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", "domain-names.md"))
        where line.Contains("| `domain_", StringComparison.Ordinal)
        let cells = line.Split(" | ")
        select new[] { cells[0]["| ".Length..], cells[1].Trim('`'), Escapes.Undo(cells[2][..^" |".Length]) };

    private static string Expand(string piece)
    {
        var match = PiecePattern().Match(piece);
        var times = match.Groups["times"].Success ? int.Parse(match.Groups["times"].Value, CultureInfo.InvariantCulture) : 1;
        return string.Concat(Enumerable.Repeat(Escapes.Undo(match.Groups["text"].Value), times));
    }

    [GeneratedRegex("^`(?<text>.*)`( × (?<times>[0-9]+))?$")]
    private static partial Regex PiecePattern();
}
