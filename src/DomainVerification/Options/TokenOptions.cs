using System.Diagnostics.CodeAnalysis;

namespace DomainVerification;

/// <summary>How a profile's tokens are made and kept.</summary>
public sealed class TokenOptions
{
    /// <summary>The fewest bits of entropy that can be asked for (RFC 8555, section 8.3).</summary>
    public const int MinimumBits = 128;

    /// <summary>The most bits that a token may have.</summary>
    public const int MaximumBits = 512;

    /// <summary>Where tokens come from.</summary>
    /// <value>Default: <see cref="TokenSource.Random"/>.</value>
    public TokenSource Source { get; set; }

    /// <summary>The alphabet of the token.</summary>
    /// <value>Default: <see cref="TokenEncoding.Base32"/>.</value>
    public TokenEncoding Encoding { get; set; }

    /// <summary>
    /// The bits of entropy of a token, from 128 to 512, rounded up to whole characters. Derived tokens have at most 256, and a
    /// <see cref="TokenEncoding.Uuid"/> has 122, whatever stands here.
    /// </summary>
    /// <value>Default: 160.</value>
    public int Bits { get; set; } = 160;

    /// <summary>
    /// The shape of the token: printable ASCII without spaces, with <c>{0}</c> in the place of the random part, such as
    /// <c>acme_verify_{0}</c>.
    /// </summary>
    /// <value>Default: <c>{0}</c>.</value>
    public string Format { get; set; } = "{0}";

    /// <summary>Whether a token can be read again after it was issued. Derived tokens always can.</summary>
    /// <value>Default: <see cref="TokenDisclosure.Always"/>.</value>
    public TokenDisclosure Disclosure { get; set; }
}

/// <summary>Where tokens come from.</summary>
public enum TokenSource
{
    /// <summary>From the operating system's random number generator.</summary>
    Random,

    /// <summary>From a keyed hash of profile, owner, domain and generation: nothing of it is kept.</summary>
    Derived,
}

/// <summary>The alphabet of a token.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "The field's own name for the encoding.")]
public enum TokenEncoding
{
    /// <summary>Lower-case base32 without padding (RFC 4648, section 6): safe in DNS labels, which fold case. 5 bits a character.</summary>
    Base32,

    /// <summary>Base64url without padding (RFC 4648, section 5): the shortest. 6 bits a character.</summary>
    Base64Url,

    /// <summary>Lower-case hexadecimal (RFC 4648, section 8): 4 bits a character.</summary>
    Hex,

    /// <summary>Decimal digits: about 3.32 bits a character.</summary>
    Decimal,

    /// <summary>
    /// A UUID in lower case (RFC 9562): version 4 where the token is random, version 8 where it is derived. It carries 122 bits, whatever
    /// <see cref="TokenOptions.Bits"/> says, the other 6 being version and variant: for systems whose tokens must be UUIDs.
    /// </summary>
    Uuid,
}

/// <summary>Whether a token can be read again after it was issued.</summary>
public enum TokenDisclosure
{
    /// <summary>It can: the store keeps the token itself.</summary>
    Always,

    /// <summary>It is shown once, and the store keeps its SHA-256 digest only. An owner who lost it rotates the token.</summary>
    Once,
}

/// <summary>A secret for derived tokens and tenant labels.</summary>
public sealed class TokenKey
{
    /// <summary>The name of the key, kept with each token: 1 to 32 letters, digits, hyphens or underscores.</summary>
    public string Id { get; set; } = string.Empty;

    /// <summary>The secret, at least 32 bytes in base64. Keep it where the host keeps its other secrets.</summary>
    public string Secret { get; set; } = string.Empty;

    /// <summary>Leaves out the secret.</summary>
    public override string ToString() => $"TokenKey({Id})";
}
