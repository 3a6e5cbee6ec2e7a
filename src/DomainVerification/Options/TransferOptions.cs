using System.Diagnostics.CodeAnalysis;

namespace DomainVerification;

/// <summary>
/// What happens when an owner has proved a domain that another owner holds, where <see cref="DomainVerificationOptions.Takeover"/> lets it
/// be taken over at all. <c>docs/transfers.md</c> has the whole story.
/// </summary>
public sealed class TransferOptions
{
    /// <summary>The name of the policy that follows the options below.</summary>
    public const string DefaultPolicy = "default";

    /// <summary>
    /// The policies that decide, by the names that they are registered under with <c>AddTransferPolicy</c>; the strictest answer counts.
    /// Empty means <c>default</c> alone. Assign a list to replace what configuration set; add to it to extend that.
    /// </summary>
    /// <value>Default: empty.</value>
    [SuppressMessage(
        "Usage",
        "CA2227:Collection properties should be read only",
        Justification = "Code that assigns a list wins over configuration, as it does with every other option.")]
    public IList<string> Policies { get; set; } = [];

    /// <summary>
    /// A holder that used its domain so recently is active, and a takeover from it is reviewed: zero to 365 days; zero never reviews for
    /// use. What counts as use is what the host's <see cref="IHolderActivity"/> says; work that waits always makes a holder active.
    /// </summary>
    /// <value>Default: 30 days.</value>
    public TimeSpan ActiveWithin { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a new holder keeps its domain whoever proves it: zero to 90 days. The claimant waits meanwhile.</summary>
    /// <value>Default: zero.</value>
    public TimeSpan GracePeriod { get; set; }

    /// <summary>
    /// Whether the holder's own proof is looked for afresh before it loses its domain. Where it is still published, a person decides.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool ReproveHolder { get; set; }

    /// <summary>
    /// How long a holder that is asked to prove again has for it, from when it is told so: zero to 30 days; zero looks at once.
    /// </summary>
    /// <value>Default: zero.</value>
    public TimeSpan ReproofWindow { get; set; }

    /// <summary>
    /// How long a review waits for its decision, and an approved claimant for its proof: 1 hour to 90 days. The holder keeps the domain
    /// where nobody decides.
    /// </summary>
    /// <value>Default: 14 days.</value>
    public TimeSpan ReviewLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// Whether who decides must be nobody who ever acted on one of the two claims, nor be named like one of their owners.
    /// </summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool FourEyes { get; set; } = true;

    /// <summary>
    /// How long a takeover can be undone: zero to 30 days; zero is never. No other takeover of the domain is allowed meanwhile.
    /// </summary>
    /// <value>Default: zero.</value>
    public TimeSpan UndoWindow { get; set; }
}
