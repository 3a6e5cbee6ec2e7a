namespace DomainVerification.Abstractions.Tests.Names;

/// <summary>All vectors of the UTS #46 conformance file for the pinned Unicode version, read as names to claim.</summary>
public class DomainNameConformanceTests
{
    [SharedDataFact(IdnaVector.FileName)]
    public void TryParse_InvalidVectors_AreAllRefused()
    {
        IdnaVector[] invalid = [.. IdnaVector.ReadAll().Where(vector => vector.Faults.Count > 0)];

        Assert.Equal(5802, invalid.Length);
        Assert.DoesNotContain(invalid, vector => DomainName.TryParse(vector.Source, out _, out _));
    }

    [SharedDataFact(IdnaVector.FileName)]
    public void TryParse_ValidVectors_GiveTheExpectedNameOrARefusalOfOurOwn()
    {
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var vector in IdnaVector.ReadAll().Where(vector => vector.Faults.Count == 0))
        {
            var outcome = "equal";
            if (!DomainName.TryParse(vector.Source, out var name, out var error))
            {
                outcome = error.Code;
            }
            else if (name.Value != WithoutTrailingDot(vector.ToAscii))
            {
                outcome = $"wrong: {vector.Source}";
            }

            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        Assert.Equal(
            new SortedDictionary<string, int>(StringComparer.Ordinal)
            {
                ["equal"] = 265,
                [DomainVerificationErrorCodes.DomainEndsInNumber] = 21,
                [DomainVerificationErrorCodes.DomainIsIpAddress] = 2,
                [DomainVerificationErrorCodes.DomainIsSingleLabel] = 145,
            },
            outcomes);
    }

    [SharedDataFact(IdnaVector.FileName)]
    public void Unicode_OfEveryAcceptedVector_ParsesToTheSameName()
    {
        DomainName[] names =
        [
            .. from vector in IdnaVector.ReadAll()
               where DomainName.TryParse(vector.Source, out _)
               select DomainName.Parse(vector.Source),
        ];

        Assert.Equal(265, names.Length);
        Assert.All(names, name => Assert.Equal(name, DomainName.Parse(name.Unicode)));
    }

    private static string WithoutTrailingDot(string name) => name.EndsWith('.') ? name[..^1] : name;
}
