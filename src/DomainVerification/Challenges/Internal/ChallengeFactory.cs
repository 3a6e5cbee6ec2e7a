using System.Globalization;
using DomainVerification.Tokens.Internal;

namespace DomainVerification.Challenges.Internal;

/// <summary>Builds the record, or the file, of a challenge: its name and what its value looks like around the token.</summary>
internal static class ChallengeFactory
{
    private const string TenantPurpose = "DomainVerification.TenantLabel.1";
    private const int TenantLabelBits = 80;
    private const int DelegationLabelBits = 160;
    private const int MaximumNameLength = 253;

    /// <summary>Builds the record, without its token.</summary>
    /// <param name="options">The profile.</param>
    /// <param name="subject">The claim's profile name, owner and domain.</param>
    /// <param name="zone">The registrable domain of the claimed domain.</param>
    /// <param name="method">How the proof is published.</param>
    /// <param name="expiresAt">When the challenge runs out.</param>
    /// <param name="delegatedName">The name that an earlier challenge of the same claim was delegated to.</param>
    /// <param name="token">The token, which the URL of a file has a digest of.</param>
    public static ChallengeRecord Create(
        DomainVerificationOptions options,
        TokenContext subject,
        DomainName zone,
        ProofMethod method,
        DateTimeOffset expiresAt,
        string? delegatedName,
        string token)
    {
        var place = options.Placement == ProofPlacement.RegistrableDomain ? zone : subject.Domain;
        var value = options.ValueFormat.Replace("{expiry}", Day(expiresAt), StringComparison.Ordinal);
        if (method == ProofMethod.HttpFile)
        {
            return new ChallengeRecord
            {
                Method = method,
                Name = FileSyntax.Url(options, place, token),
                ValueFormat = value,
                TimeToLive = TimeSpan.Zero,
            };
        }

        var label = Label(options, subject);
        return new ChallengeRecord
        {
            Method = method,
            Name = label.Length == 0 ? place.Value : $"{label}.{place.Value}",
            ValueFormat = method == ProofMethod.DnsCname
                ? $"{ChallengeRecord.TokenPlaceholder}.{options.CnameZone}"
                : value,
            DelegatedName = method == ProofMethod.DnsTxt && options.DelegationZone is { } delegation
                ? delegatedName ?? $"{TokenAlphabet.Random(TokenEncoding.Base32, DelegationLabelBits)}.{delegation}"
                : null,
        };
    }

    /// <summary>Whether the record fits into DNS with its token in place (RFC 1035, section 2.3.4). A file always does.</summary>
    public static DomainVerificationError? Check(ChallengeRecord record, string token)
    {
        if (record.Method == ProofMethod.HttpFile)
        {
            return null;
        }

        var target = record.Method == ProofMethod.DnsCname ? record.FormatValue(token) : null;
        return record.Name.Length > MaximumNameLength || target?.Length > MaximumNameLength
            ? new DomainVerificationError(
                DomainVerificationErrorCodes.ChallengeTooLong,
                "This domain is so long that the name of the record to publish would exceed the 253 characters that DNS allows.")
            : null;
    }

    private static string Label(DomainVerificationOptions options, TokenContext subject)
    {
        var label = options.RecordLabel ?? options.Scope switch
        {
            ChallengeScope.Host => $"_{options.Provider}-host-challenge",
            ChallengeScope.Domain => $"_{options.Provider}-domain-challenge",
            _ => $"_{options.Provider}-challenge",
        };
        label = label == "@" ? string.Empty : label;
        if (options.TenantLabel == TenantLabel.None)
        {
            return label;
        }

        var key = options.Keys[0];
        var hash = TokenKeyring.Hash(Convert.FromBase64String(key.Secret), TenantPurpose, subject.Profile, subject.Owner);
        var tenant = "_" + TokenAlphabet.Write(hash, TokenEncoding.Base32, TenantLabelBits);
        return label.Length == 0 ? tenant : $"{tenant}.{label}";
    }

    private static string Day(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
