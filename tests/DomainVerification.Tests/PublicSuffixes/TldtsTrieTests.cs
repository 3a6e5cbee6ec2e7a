using DomainVerification.PublicSuffixes;
using DomainVerification.PublicSuffixes.Generator;

namespace DomainVerification.Tests.PublicSuffixes;

/// <summary>The generator's reader, on a small file of the package's shape.</summary>
public sealed class TldtsTrieTests
{
    // Nodes: 0 ICANN leaf, 1 PRIVATE leaf, 2 "ck" (implied by its wildcard), 3 "io", 4 rules, 5 "ck" of the exceptions, 6 exceptions.
    private const string Source = """
        // Some remark.
        export const nodeFlags = /*#__PURE__*/ new Uint8Array([1,2,1,1,0,0,0]);
        export const edgeStart = /*#__PURE__*/ new Uint16Array([0,0,0,1,2,6,7,8]);
        export const edgeLength = /*#__PURE__*/ new Uint8Array([1,6,3,2,2,2,3,2]);
        export const edgeChild = /*#__PURE__*/ new Uint16Array([0,1,0,2,3,0,0,5]);
        export const labelText = "*githubcomckio\u4E2D国wwwck";
        export const rulesRoot = 4;
        export const exceptionsRoot = 6;
        """;

    [Fact]
    public void Read_PackedTrie_GivesItsRulesWithoutImpliedOnes()
    {
        var list = TldtsTrie.Read(Source, new DateOnly(2026, 4, 5));

        Assert.Equal(
            [
                new PublicSuffixRule("!www.ck", PublicSuffixDivision.Icann),
                new PublicSuffixRule("*.ck", PublicSuffixDivision.Icann),
                new PublicSuffixRule("com", PublicSuffixDivision.Icann),
                new PublicSuffixRule("github.io", PublicSuffixDivision.Private),
                new PublicSuffixRule("io", PublicSuffixDivision.Icann),
                new PublicSuffixRule("xn--fiqs8s", PublicSuffixDivision.Icann),
            ],
            list.EnumerateRules().OrderBy(rule => rule.Text, StringComparer.Ordinal));
        Assert.Equal(6, list.RuleCount);
        Assert.Equal(new DateOnly(2026, 4, 5), list.ListDate);
    }

    [Fact]
    public void Read_FileOfAnotherFormat_SaysWhatIsMissing()
    {
        var error = Assert.Throws<InvalidDataException>(() =>
            TldtsTrie.Read(Source.Replace("edgeChild", "children", StringComparison.Ordinal), new DateOnly(2026, 4, 5)));

        Assert.Contains("edgeChild", error.Message, StringComparison.Ordinal);
    }
}
