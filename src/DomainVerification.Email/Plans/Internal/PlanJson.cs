using System.Text.Json;
using System.Text.Json.Serialization;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>The JSON of plans: a shape of its own, so that it stays as it is when the types change.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(PlanDocument))]
internal sealed partial class PlanJson : JsonSerializerContext
{
    public static string Write(DnsPlan plan) => JsonSerializer.Serialize(
        new PlanDocument(
            plan.Domain.Value,
            plan.Zone,
            plan.CheckedAt.ToUniversalTime(),
            [.. plan.Records.Select(Of)],
            [.. plan.Problems.Select(Of)]),
        Default.PlanDocument);

    private static PlanDocumentRecord Of(DnsPlanRecord record) => new(
        record.Type,
        record.Name,
        record.RelativeName,
        record.Zone,
        record.Value,
        record.Priority,
        (long)record.TimeToLive.TotalSeconds,
        record.Purpose,
        record.Identities,
        record.IsOptional,
        record.Action switch
        {
            PlanAction.Add => "add",
            PlanAction.AlreadyThere => "already_there",
            PlanAction.Replace => "replace",
            _ => "conflict",
        },
        [.. record.Existing.Select(Of)],
        [.. record.Problems.Select(Of)],
        record.SpfLookups);

    private static PlanDocumentExisting Of(ExistingRecord existing) =>
        new(existing.Type, existing.Name, existing.Value, existing.IsReplaced);

    private static PlanDocumentProblem Of(PlanProblem problem) => new(
        problem.Code,
        problem.Level switch
        {
            PlanProblemLevel.Note => "note",
            PlanProblemLevel.Warning => "warning",
            _ => "error",
        },
        problem.Message,
        problem.Fix);
}
