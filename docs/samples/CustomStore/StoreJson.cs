using System.Text.Json;
using System.Text.Json.Serialization;
using DomainVerification;

namespace CustomStore;

/// <summary>The bodies of the rows. Statuses and kinds are kept by name, as the contract asks.</summary>
internal static class StoreJson
{
    // Not source-generated: generated code sets what an old body lacks to null, where this leaves it at its default. A later version of the
    // SDK may add members.
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter(), new DomainNameConverter() },
    };

    public static string Text<T>(T record) => JsonSerializer.Serialize(record, Options);

    public static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, Options)!;

    /// <summary>A domain is its name.</summary>
    private sealed class DomainNameConverter : JsonConverter<DomainName>
    {
        public override DomainName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DomainName.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, DomainName value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
