using DomainVerification.Claims.Internal;

namespace DomainVerification;

/// <summary>What acted on a claim.</summary>
public enum ClaimActorKind
{
    /// <summary>A person or a program that the host knows, on behalf of an owner.</summary>
    User,

    /// <summary>The SDK itself: the worker that re-checks, expires, releases and provisions.</summary>
    System,
}

/// <summary>Who acted on a claim, for its audit trail.</summary>
/// <param name="Kind">A user of the host, or the SDK itself.</param>
/// <param name="Id">
/// The host's own identifier of the user; <c>system</c> for the SDK. 1 to 256 characters of well-formed UTF-16, not blank, without U+0000.
/// </param>
/// <exception cref="ArgumentException">The identifier is not as it must be.</exception>
public sealed record ClaimActor(ClaimActorKind Kind, string Id)
{
    /// <summary>
    /// The host's own identifier of the user; <c>system</c> for the SDK. 1 to 256 characters of well-formed UTF-16, not blank, without
    /// U+0000.
    /// </summary>
    /// <exception cref="ArgumentException">The identifier is not as it must be.</exception>
    public string Id { get; init => field = HostIdentifier.Require(value, nameof(Id)); } = HostIdentifier.Require(Id);

    /// <summary>The SDK itself.</summary>
    public static ClaimActor System { get; } = new(ClaimActorKind.System, "system");

    /// <summary>A user or a program that the host knows.</summary>
    /// <param name="id">The host's identifier of it.</param>
    /// <exception cref="ArgumentException">The identifier is not as it must be.</exception>
    public static ClaimActor User(string id) => new(ClaimActorKind.User, HostIdentifier.Require(id));

    /// <summary>Kind and identifier, such as <c>user:jo</c>.</summary>
    public override string ToString() => Kind == ClaimActorKind.System ? "system" : $"user:{Id}";
}
