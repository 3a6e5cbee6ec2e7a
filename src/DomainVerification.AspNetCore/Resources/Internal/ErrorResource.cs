using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>Why a part of the work was not done.</summary>
internal sealed record ErrorResource
{
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    [JsonPropertyName("message")]
    public required string Message { get; init; }

    public static ErrorResource? Of(DomainVerificationError? error) =>
        error is null ? null : new ErrorResource { Code = error.Code, Message = error.Message };
}
