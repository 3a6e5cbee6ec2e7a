using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;

namespace DomainVerification.AspNetCore;

/// <summary>How the endpoints read requests and answer them.</summary>
public sealed class DomainVerificationWebOptions
{
    private const string Assigned = "A host replaces the list as a whole.";

    /// <summary>
    /// The claim types that name the owner, for the default <see cref="IClaimantAccessor"/>: the first that the signed-in user has
    /// counts. A user with two different values of it acts for nobody. A host with tenants names the tenant's claim here, such as
    /// <c>tid</c> or <c>org_id</c>.
    /// </summary>
    /// <value>Default: <see cref="ClaimTypes.NameIdentifier"/>, then <c>sub</c>: each user is an owner of its own.</value>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = Assigned)]
    public IList<string> OwnerClaimTypes { get; set; } = [ClaimTypes.NameIdentifier, "sub"];

    /// <summary>The claim types that name the actor, likewise.</summary>
    /// <value>Default: <see cref="ClaimTypes.NameIdentifier"/>, then <c>sub</c>.</value>
    [SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = Assigned)]
    public IList<string> ActorClaimTypes { get; set; } = [ClaimTypes.NameIdentifier, "sub"];

    /// <summary>How many bytes the body of a request may have: 64 to 1,048,576.</summary>
    /// <value>Default: 16,384.</value>
    public int MaximumBodyBytes { get; set; } = 16 * 1024;

    /// <summary>How many entries a page has where the request does not say: 1 to <see cref="MaximumPageSize"/>.</summary>
    /// <value>Default: 50.</value>
    public int DefaultPageSize { get; set; } = 50;

    /// <summary>How many entries a request may ask for: 1 to 100.</summary>
    /// <value>Default: 100.</value>
    public int MaximumPageSize { get; set; } = 100;

    /// <summary>
    /// Whether changes of a claim, and decisions about a takeover, must name the state that the caller has seen with <c>If-Match</c>;
    /// those that do not are answered with 428.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool RequireIfMatch { get; set; }

    /// <summary>How the streams of a claim's live progress behave.</summary>
    public ClaimStreamOptions Streams { get; } = new();

    /// <summary>
    /// An absolute address, with its final slash, that the code of an error is put behind to make the <c>type</c> of its problem details;
    /// <see langword="null"/> for <c>about:blank</c>.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    public Uri? ProblemTypeBase { get; set; }
}
