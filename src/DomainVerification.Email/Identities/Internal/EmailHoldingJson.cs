using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace DomainVerification.Email.Identities.Internal;

/// <summary>The text that a holding is kept as.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmailHolding))]
internal sealed partial class EmailHoldingJson : JsonSerializerContext
{
    /// <summary>
    /// Writes a holding. Where what zones of rubbish showed would outgrow the record, that is left out: nobody may keep a holding from
    /// being saved.
    /// </summary>
    public static string Write(EmailHolding holding)
    {
        var text = JsonSerializer.Serialize(holding, Readable.Json.EmailHolding);
        return text.Length <= HoldingRecord.MaximumDataLength
            ? text
            : JsonSerializer.Serialize(WithoutSeen(holding), Readable.Json.EmailHolding);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidOperationException">It was written by a later version, or is damaged.</exception>
    public static EmailHolding Read(HoldingRecord record)
    {
        try
        {
            if (JsonSerializer.Deserialize(record.Data, Readable.Json.EmailHolding) is { } holding)
            {
                return holding.Format is > 0 and <= Identities.Internal.EmailHolding.PresentFormat
                    ? holding
                    : throw new InvalidOperationException(
                        $"{Of(record)} has format {holding.Format}, which a later version wrote. Update this process.");
            }
        }
        catch (JsonException damage)
        {
            throw new InvalidOperationException($"{Of(record)} cannot be read.", damage);
        }

        throw new InvalidOperationException($"{Of(record)} is empty.");
    }

    /// <summary>
    /// Whether a record is a tombstone. One that cannot be read is none: what is in it may be keys.
    /// </summary>
    public static bool IsReleased(HoldingRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Data, Readable.Json.EmailHolding)?.ReleasedAt is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static EmailHolding WithoutSeen(EmailHolding holding) => holding with
    {
        Identities =
        [
            .. holding.Identities.Select(identity => identity with
            {
                Records =
                [
                    .. identity.Records.Select(record => record.Problem is { } problem
                        ? record with { Problem = problem with { Seen = [] } }
                        : record),
                ],
            }),
        ],
    };

    private static string Of(HoldingRecord record) => $"The e-mail record of claim {record.Key.ClaimId}, epoch {record.Key.Epoch},";

    // A class of its own is initialised after the generated members that it needs.
    private static class Readable
    {
        public static EmailHoldingJson Json { get; } = new(new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            TypeInfoResolver = null,
        });
    }
}
