using DomainVerification.Email.Identities.Internal;

namespace DomainVerification.Email.Status.Internal;

/// <summary>
/// Names what a look is for, so that what was seen is never taken for something else that is wanted by then, and two identities that want
/// the same share one look.
/// </summary>
/// <param name="Purpose">What the record is for.</param>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="PublicKey">For a selector with a key: the key that must be seen at the name; otherwise <see langword="null"/>.</param>
internal sealed record RecordKey(SendingRecordPurpose Purpose, string Type, string Name, string Value, string? PublicKey)
{
    public static RecordKey Of(StoredIdentity identity, StoredRecord record) => new(
        record.Purpose,
        record.Type,
        record.Name,
        record.Value,
        identity.Selectors.FirstOrDefault(selector => selector.Name == record.Selector)?.Key?.PublicKey);
}
