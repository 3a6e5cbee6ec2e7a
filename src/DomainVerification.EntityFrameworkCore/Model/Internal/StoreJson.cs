using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>The JSON of the columns that the database does not look into.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ClaimDocument))]
[JsonSerializable(typeof(ProofEvidence))]
[JsonSerializable(typeof(IReadOnlyList<ProvisionedIdentity>))]
[JsonSerializable(typeof(DomainVerificationError))]
internal sealed partial class StoreJson : JsonSerializerContext
{
    /// <summary>Letters of all scripts stay readable; controls and U+0000, which PostgreSQL cannot keep, are escaped.</summary>
    public static StoreJson Text => Readable.Json;

    // A class of its own is initialised after the generated members that it needs.
    private static class Readable
    {
        public static StoreJson Json { get; } = new(new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            TypeInfoResolver = null,
        });
    }
}
