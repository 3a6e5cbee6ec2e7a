namespace DomainVerification.Email.Plans.Internal;

/// <summary>A plan as JSON shows it.</summary>
internal sealed record PlanDocument(
    string Domain,
    string Zone,
    DateTimeOffset CheckedAt,
    IReadOnlyList<PlanDocumentRecord> Records,
    IReadOnlyList<PlanDocumentProblem> Problems);

internal sealed record PlanDocumentRecord(
    string Type,
    string Name,
    string RelativeName,
    string Zone,
    string Value,
    int? Priority,
    long TimeToLive,
    string Purpose,
    IReadOnlyList<string> Identities,
    bool IsOptional,
    string Action,
    IReadOnlyList<PlanDocumentExisting> Existing,
    IReadOnlyList<PlanDocumentProblem> Problems,
    int? SpfLookups);

internal sealed record PlanDocumentExisting(string Type, string Name, string Value, bool IsReplaced);

internal sealed record PlanDocumentProblem(string Code, string Level, string Message, string? Fix);
