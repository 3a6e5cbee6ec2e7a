using System.Text.RegularExpressions;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Tests.PublicSuffixes;

/// <summary>The published vectors of the public suffix list.</summary>
public sealed partial class PublicSuffixListVectorTests
{
    private const string Vectors = "test_psl.txt";
    private const string Dat = "public_suffix_list.dat";

    [SharedDataFact(Vectors)]
    public void GetRegistrableDomain_PublishedVectorsOnBuiltInList_AreMet() => AssertVectors(PublicSuffixList.BuiltIn);

    [SharedDataFact(Vectors, Dat)]
    public void GetRegistrableDomain_PublishedVectorsOnListReadAtRunTime_AreMet() =>
        AssertVectors(PublicSuffixLists.Parse(SharedData.Read(Dat)));

    private static void AssertVectors(PublicSuffixList list)
    {
        var vectors = VectorPattern().Matches(SharedData.Read(Vectors));
        Assert.True(vectors.Count > 70);
        var wrong = vectors
            .Select(vector => (Input: ValueOf(vector, "input"), Expected: ValueOf(vector, "expected")))
            .Select(vector => (vector.Input, Expected: Canonical(vector.Expected), Actual: RegistrableDomain(list, vector.Input)))
            .Where(vector => vector.Expected != vector.Actual);
        Assert.Empty(wrong);
    }

    private static string? RegistrableDomain(PublicSuffixList list, string? input)
    {
        // DomainName refuses single labels, which the vectors ask for too; a lone label goes to the list as it is.
        if (input is not null && !input.Contains('.'))
        {
            var lower = DomainName.TryParse($"{input}.example", out var carrier) ? carrier.Value[..^".example".Length] : input;
            return list.Find(lower).RegistrableStart < 0 ? null : "a lone label has no registrable domain";
        }

        return DomainName.TryParse(input, out var name) ? list.GetRegistrableDomain(name)?.Value : null;
    }

    private static string? Canonical(string? name) => name is null ? null : DomainName.Parse(name).Value;

    private static string? ValueOf(Match vector, string group) => vector.Groups[group] is { Success: true } value ? value.Value : null;

    [GeneratedRegex(@"^checkPublicSuffix\((null|'(?<input>[^']*)'), (null|'(?<expected>[^']*)')\);", RegexOptions.Multiline)]
    private static partial Regex VectorPattern();
}
