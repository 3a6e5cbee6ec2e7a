using System.Diagnostics.CodeAnalysis;

namespace DomainVerification;

/// <summary>
/// The rules of a profile. The profile with the empty name is the default; others are added with <c>AddProfile</c> or in configuration
/// under <c>DomainVerification:Profiles:{name}</c>. A named profile starts from the defaults below, not from the default profile's
/// settings.
/// </summary>
public sealed class DomainVerificationOptions
{
    /// <summary>The configuration section of the default profile.</summary>
    public const string SectionName = "DomainVerification";

    private const string Assigned = "Code that assigns a list wins over configuration, as it does with every other option.";

    /// <summary>
    /// The host's name in the record's label, <c>_{provider}-challenge</c>: lower-case letters, digits and inner hyphens, 1 to 40
    /// characters. Choose the product's name, so that the record tells its reader whom it is for.
    /// </summary>
    /// <value>Default: <c>domain-verification</c>.</value>
    public string Provider { get; set; } = "domain-verification";

    /// <summary>What the proof covers, shown in the record's label.</summary>
    /// <value>Default: <see cref="ChallengeScope.Unspecified"/>.</value>
    public ChallengeScope Scope { get; set; }

    /// <summary>
    /// The whole label or labels of the record below the domain, such as <c>_acme_verification</c>, instead of the one made of
    /// <see cref="Provider"/> and <see cref="Scope"/>; <c>@</c> for the domain itself, which is for systems that must keep it: a record at
    /// the domain itself meets others' records, and cannot stand beside a CNAME.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? RecordLabel { get; set; }

    /// <summary>
    /// Puts a label of the owner, a keyed hash, in front of the record's label, so that several owners can publish side by side and the
    /// name cannot be guessed. Needs a key in <see cref="Keys"/>.
    /// </summary>
    /// <value>Default: <see cref="TenantLabel.None"/>.</value>
    public TenantLabel TenantLabel { get; set; }

    /// <summary>Where the record stands: at the claimed name, or at its registrable domain.</summary>
    /// <value>Default: <see cref="ProofPlacement.ExactName"/>.</value>
    public ProofPlacement Placement { get; set; }

    /// <summary>What is claimed when a name is requested: that name, or its registrable domain.</summary>
    /// <value>Default: <see cref="ClaimSubject.ExactName"/>.</value>
    public ClaimSubject Subject { get; set; }

    /// <summary>
    /// The methods of proof that are allowed; the first is used where a request names none. Empty means <see cref="ProofMethod.DnsTxt"/>
    /// alone. Assign a list to replace what configuration set; add to it to extend that.
    /// </summary>
    /// <value>Default: empty.</value>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = Assigned)]
    public IList<ProofMethod> Methods { get; set; } = [];

    /// <summary>
    /// The value of a TXT record, and the content of a file: printable ASCII with <c>{token}</c> once, and optionally <c>{expiry}</c>, the day (UTC) after which the
    /// record may be removed.
    /// </summary>
    /// <value>Default: <c>token={token} expiry={expiry}</c>.</value>
    public string ValueFormat { get; set; } = "token={token} expiry={expiry}";

    /// <summary>For <see cref="ProofMethod.DnsCname"/>: the host's zone that the CNAME points into, as <c>{token}.{zone}</c>.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public string? CnameZone { get; set; }

    /// <summary>
    /// For <see cref="ProofMethod.DnsTxt"/>: the host's zone that customers delegate their challenge to, once, with a CNAME to a name of
    /// their own in it; the host publishes the TXT record there. The alias must then point to that very name.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no delegation.</value>
    public string? DelegationZone { get; set; }

    /// <summary>For <see cref="ProofMethod.HttpFile"/>: where the file stands, and what it proves.</summary>
    public FileProofOptions Files { get; } = new();

    /// <summary>How tokens are made and kept.</summary>
    public TokenOptions Token { get; } = new();

    /// <summary>
    /// The secrets of derived tokens and of tenant labels. The first is used for new ones; the others are still accepted, so that a key can
    /// be replaced without disturbing anybody. The same key twice counts once. Assign a list to replace what configuration set; add to it
    /// to extend that.
    /// </summary>
    /// <value>Default: empty.</value>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = Assigned)]
    public IList<TokenKey> Keys { get; set; } = [];

    /// <summary>Whether one claim at a time holds a domain.</summary>
    /// <value>Default: <see cref="DomainExclusivity.OneHolder"/>.</value>
    public DomainExclusivity Exclusivity { get; set; }

    /// <summary>What happens when somebody proves a domain that another owner holds.</summary>
    /// <value>Default: <see cref="TakeoverRule.ByProof"/>.</value>
    public TakeoverRule Takeover { get; set; }

    /// <summary>Whether a holder gives way at once, later, after a person's decision, or not at all.</summary>
    public TransferOptions Transfers { get; } = new();

    /// <summary>
    /// The provisioners that make identities for a holder, by the names that they are registered under; the empty name is that of the one
    /// that <c>UseIdentityProvisioner</c> registers. <see langword="null"/> means all that are registered, an empty list none.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = Assigned)]
    public IList<string>? Provisioners { get; set; }

    /// <summary>How long a challenge may wait for its first proof: 1 minute to 30 days.</summary>
    /// <value>Default: 7 days.</value>
    public TimeSpan ChallengeLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How many claims of one owner may be pending at once: 0 to 1,000, where 0 is no limit. A new request beyond that is refused with
    /// <c>too_many_pending_claims</c>. Requests at the same moment do not see each other, so a few may slip through together.
    /// </summary>
    /// <value>Default: 100.</value>
    public int MaximumPendingClaims { get; set; } = 100;

    /// <summary>How old a proof may be when the domain is claimed with it: 1 minute to 30 days.</summary>
    /// <value>Default: 1 day.</value>
    public TimeSpan ProofFreshness { get; set; } = TimeSpan.FromDays(1);

    /// <summary>When and how often the worker re-checks a pending claim.</summary>
    public RecheckOptions Recheck { get; } = new();

    /// <summary>Whether and how the worker watches a proof after it was found.</summary>
    public WatchOptions Watch { get; } = new();

    /// <summary>What the worker does when a re-check finds the proof.</summary>
    /// <value>Default: <see cref="ProvedAction.Verify"/>.</value>
    public ProvedAction OnProved { get; set; }

    /// <summary>Accept a claim to a public suffix of the PRIVATE division, such as <c>github.io</c>.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AllowPrivateSuffixes { get; set; }

    /// <summary>
    /// Accept names below a top-level domain that the public suffix list does not know, such as <c>.example</c> or <c>.internal</c>.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool AllowUnlistedSuffixes { get; set; }

    /// <summary>
    /// Domains that nobody may claim, with all below them, such as public mail providers. Assign a list to replace what configuration set;
    /// add to it to extend that.
    /// </summary>
    /// <value>Default: empty.</value>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = Assigned)]
    public IList<string> DeniedDomains { get; set; } = [];
}
