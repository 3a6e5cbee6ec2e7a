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
/// <param name="Id">The host's own identifier of the user; <c>system</c> for the SDK. At most 256 characters.</param>
public sealed record ClaimActor(ClaimActorKind Kind, string Id)
{
    /// <summary>The SDK itself.</summary>
    public static ClaimActor System { get; } = new(ClaimActorKind.System, "system");

    /// <summary>A user or a program that the host knows.</summary>
    /// <param name="id">The host's identifier of it.</param>
    public static ClaimActor User(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return new ClaimActor(ClaimActorKind.User, id);
    }

    /// <summary>Kind and identifier, such as <c>user:jo</c>.</summary>
    public override string ToString() => Kind == ClaimActorKind.System ? "system" : $"user:{Id}";
}
