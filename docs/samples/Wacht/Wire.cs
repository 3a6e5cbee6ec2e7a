using System.Diagnostics.CodeAnalysis;
using DomainVerification;
using DomainVerification.AspNetCore;

namespace Wacht;

/// <summary>The envelope of every answer.</summary>
internal sealed record Envelope<T>(int Status, string Message, T Data, Session Session, IReadOnlyList<ErrorItem> Errors);

internal sealed record ErrorItem(string Code, string Message);

/// <summary>The session, as every answer has it.</summary>
internal sealed record Session(
    IReadOnlyList<Signin> SigninAttempts,
    IReadOnlyList<Signin> Signins,
    IReadOnlyList<Signin> SignupAttempts,
    Signin? ActiveSignin)
{
    public static Session Anonymous { get; } = new([], [], [], null);

    public static Session Of(Signin signin) => new([], [signin], [], signin);
}

internal sealed record Signin(string Id, string UserId, string CreatedAt);

/// <summary>The body of signing in.</summary>
internal sealed record Credentials(string? Email, string? Password);

/// <summary>The body of adding a domain.</summary>
internal sealed record AddDomain(string? Domain);

/// <summary>A domain of an organization. The token is shown until the domain is verified.</summary>
internal sealed record OrganizationDomain(
    string Id,
    string Domain,
    bool IsVerified,
    string? VerificationToken,
    DateTime? VerifiedAt,
    DateTime CreatedAt)
{
    public static OrganizationDomain Of(ClaimResult result) => result.Claim! switch
    {
        { Status.Holds: true } held => new(
            DomainId.TextOf(held), held.Domain.Value, true, null, held.Proof?.FirstProvedAt.UtcDateTime, held.CreatedAt.UtcDateTime),
        var claim => new(
            DomainId.TextOf(claim), claim.Domain.Value, false, result.Instructions?.Token, null, claim.CreatedAt.UtcDateTime),
    };
}

/// <summary>The answer to adding a domain.</summary>
internal sealed record DomainAdded(OrganizationDomain Domain, VerificationInstructions VerificationInstructions)
{
    private const string Text = "Add this TXT record to your DNS settings and then use the verify endpoint to complete verification.";

    public static DomainAdded Of(ClaimResult result) => new(
        OrganizationDomain.Of(result),
        new VerificationInstructions(
            new DnsRecord(result.Instructions!.RecordType, result.Instructions.RelativeName, result.Instructions.RecordValue),
            Text));
}

internal sealed record VerificationInstructions(DnsRecord DnsRecord, string Instructions);

internal sealed record DnsRecord(string Type, string Name, string Value);

/// <summary>The answer to verifying a domain.</summary>
internal sealed record DomainVerified(OrganizationDomain Domain);

/// <summary>The id of a domain: that of its claim behind <c>domain_</c>. Anything else is the id of no domain, which is 404.</summary>
internal readonly record struct DomainId(ClaimId Claim) : IParsable<DomainId>
{
    private const string Prefix = "domain_";

    public static string TextOf(DomainClaim claim) => $"{Prefix}{claim.Id.Value:N}";

    public static DomainId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("This is not the id of a domain.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DomainId result)
    {
        result = s?.StartsWith(Prefix, StringComparison.Ordinal) is true && Guid.TryParseExact(s[Prefix.Length..], "N", out var value)
            ? new DomainId(new ClaimId(value))
            : default;
        return s is not null;
    }

    public ClaimReference Of(Claimant caller) => ClaimReference.To(caller.Owner, Claim);
}
