using System.Text.Json;

namespace DomainVerification.Vendors.Tests.Hosts;

/// <summary>What a host answered.</summary>
internal sealed record VendorAnswer(int Status, string Body, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
