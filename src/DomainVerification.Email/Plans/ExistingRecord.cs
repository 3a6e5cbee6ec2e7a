namespace DomainVerification.Email;

/// <summary>A record that was found in DNS and matters to the plan.</summary>
/// <param name="Type">The type, such as <c>TXT</c>.</param>
/// <param name="Name">The absolute name where it was found, without a final dot.</param>
/// <param name="Value">
/// Its value, made safe: everything beyond printable ASCII escaped as <c>\DDD</c>, cut at <see cref="MaximumLength"/> characters with three
/// dots behind where it was cut. Published by outsiders: text, never markup.
/// </param>
/// <param name="IsReplaced">Whether it must be removed, because the record of the plan takes its place.</param>
public sealed record ExistingRecord(string Type, string Name, string Value, bool IsReplaced = false)
{
    /// <summary>How much of a value is shown.</summary>
    public const int MaximumLength = 512;

    /// <summary>How many existing records one record of a plan lists.</summary>
    public const int MaximumCount = 10;
}
