namespace DomainVerification;

/// <summary>What a policy decides about.</summary>
public sealed record TransferRequest
{
    /// <summary>The claim that holds the domain.</summary>
    public required DomainClaim Holder { get; init; }

    /// <summary>The claim that has proved the domain; its <see cref="DomainClaim.Proof"/> says when and by what.</summary>
    public required DomainClaim Claimant { get; init; }

    /// <summary>What the host knows of the holder's use of the domain.</summary>
    public required HolderActivity Activity { get; init; }

    /// <summary>When the holder came to hold the domain, UTC.</summary>
    public required DateTimeOffset HeldSince { get; init; }

    /// <summary>The present instant, UTC.</summary>
    public required DateTimeOffset Now { get; init; }
}
