using System.Text.Json;
using System.Text.Json.Serialization;
using DomainVerification;

namespace CustomStore;

/// <summary>The bodies of the rows. Statuses and kinds are kept by name, as the contract asks.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, Converters = [typeof(DomainNameConverter)])]
[JsonSerializable(typeof(DomainClaim))]
[JsonSerializable(typeof(ClaimEvent))]
[JsonSerializable(typeof(ClaimWork))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    public static string Text(DomainClaim claim) => JsonSerializer.Serialize(claim, Default.DomainClaim);

    public static string Text(ClaimEvent entry) => JsonSerializer.Serialize(entry, Default.ClaimEvent);

    public static string Text(ClaimWork work) => JsonSerializer.Serialize(work, Default.ClaimWork);

    public static DomainClaim Claim(string body) => JsonSerializer.Deserialize(body, Default.DomainClaim)!;

    public static ClaimEvent Event(string body) => JsonSerializer.Deserialize(body, Default.ClaimEvent)!;

    public static ClaimWork Work(string body) => JsonSerializer.Deserialize(body, Default.ClaimWork)!;
}

/// <summary>A domain is its name.</summary>
internal sealed class DomainNameConverter : JsonConverter<DomainName>
{
    public override DomainName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DomainName.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, DomainName value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
