using System.Text.Json.Serialization;

namespace Migma.Wire;

/// <summary>Migma's <c>ApiResponse</c>.</summary>
internal sealed record ApiResponse<T>(bool Success, T Data, string? Error = null);

/// <summary>Migma's <c>ApiError</c>.</summary>
/// <param name="Error">A sentence for people.</param>
/// <param name="Code">A code for programs.</param>
/// <param name="Data">What the error is about, such as the domain.</param>
internal sealed record ApiError(
    string Error,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, object?>? Data = null)
{
    [JsonPropertyOrder(-1)]
    public bool Success { get; }
}

/// <summary>The body of the calls that name a domain.</summary>
internal sealed record DomainBody(string? Domain);

/// <summary>The answer to Initiate Domain Claim.</summary>
internal sealed record DomainClaimChallenge(string Message, string RootDomain, DnsRecord Record);

/// <summary>Migma's <c>DomainClaimResult</c>.</summary>
internal sealed record DomainClaimResult(string Message, SendingDomain Marketing, SendingDomain Transactional);

/// <summary>The answer to a deletion.</summary>
internal sealed record DomainDeleted(string Domain, bool Deleted);
