using System.Reflection;

namespace DomainVerification.Tests.Diagnostics;

/// <summary>Holds every row of <c>docs/refusals.md</c> against the code.</summary>
public class RefusalTests
{
    public static TheoryData<string> RefusalCodes => [.. RefusalTable.Refusals.Select(row => row[0].Trim('`'))];

    public static TheoryData<string> DiagnosisCodes => [.. RefusalTable.Diagnoses.Select(row => row[0].Trim('`'))];

    [Fact]
    public void Table_EveryCode_HasOneRow()
    {
        Assert.Equal(Constants(typeof(DomainVerificationErrorCodes)), Codes(RefusalTable.Refusals));
        Assert.Equal(Constants(typeof(ProofDiagnosisCodes)), Codes(RefusalTable.Diagnoses));
    }

    [Theory]
    [MemberData(nameof(RefusalCodes))]
    public async Task Refusal_AsGiven_SaysWhatTheTableSays(string code)
    {
        var row = RefusalTable.Refusals.Single(cells => cells[0] == $"`{code}`");
        var scenario = RefusalScenarios.Of(code);

        var error = await scenario(RefusalTable.Literal(row[1]));

        Assert.Equal((code, row[2]), (error?.Code, error?.Message));
    }

    [Theory]
    [MemberData(nameof(DiagnosisCodes))]
    public async Task Diagnosis_AsGiven_SaysWhatTheTableSays(string code)
    {
        var row = RefusalTable.Diagnoses.Single(cells => cells[0] == $"`{code}`");

        var report = await DiagnosisScenarios.Of(code)();

        Assert.Equal(
            (code, row[1].Trim('`'), row[3], row[4]),
            (report.Diagnosis.Code, report.Outcome.ToString(), report.Diagnosis.Message, report.Diagnosis.Fix ?? ""));
    }

    private static IEnumerable<string> Codes(IReadOnlyList<string[]> rows) =>
        rows.Select(row => row[0].Trim('`')).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Constants(Type codes) => codes
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!)
        .Order(StringComparer.Ordinal);
}
