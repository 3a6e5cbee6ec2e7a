namespace DomainVerification.PublicSuffixes;

/// <summary>
/// What the public suffix list says of one name, as offsets into that name, so that a look-up allocates nothing.
/// </summary>
/// <param name="Division">Where the deciding rule stands.</param>
/// <param name="SuffixStart">The offset, in characters, at which the public suffix starts. Zero: the whole name is a public suffix.</param>
/// <param name="RegistrableStart">
/// The offset at which the registrable domain (the public suffix and one label more) starts, or -1 where there is none because the name
/// is itself a public suffix.
/// </param>
public readonly record struct PublicSuffixMatch(PublicSuffixDivision Division, int SuffixStart, int RegistrableStart);
