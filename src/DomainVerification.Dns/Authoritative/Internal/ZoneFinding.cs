using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>The zone that a name lies in, or why it was not found.</summary>
/// <param name="Cut">The zone; null where it was not found.</param>
/// <param name="Failure">What the look-up ends with where there is none.</param>
/// <param name="Detail">More about the failure, as a stable code.</param>
internal readonly record struct ZoneFinding(ZoneCut? Cut, DnsLookupStatus Failure, string? Detail)
{
    [MemberNotNullWhen(true, nameof(Cut))]
    public bool IsFound => Cut is not null;

    public static ZoneFinding Found(ZoneCut cut) => new(cut, DnsLookupStatus.Answered, null);

    public static ZoneFinding Failed(DnsLookupStatus failure, string? detail = null) => new(null, failure, detail);
}
