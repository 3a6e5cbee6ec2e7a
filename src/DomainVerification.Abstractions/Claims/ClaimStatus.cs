namespace DomainVerification;

/// <summary>
/// Where a claim stands. <c>docs/lifecycle.md</c> has the table of all moves. Stores keep the name, not the number; later versions may add
/// members.
/// </summary>
public enum ClaimStatus
{
    /// <summary>A token is issued and its proof is awaited. Keeps nobody else out.</summary>
    Pending,

    /// <summary>The owner has proved control and does not hold the domain. Several owners may be verified for one domain.</summary>
    Verified,

    /// <summary>The owner holds the domain and its identities are being made.</summary>
    Provisioning,

    /// <summary>The owner holds the domain.</summary>
    Claimed,

    /// <summary>Ended: another owner proved the domain and took it over.</summary>
    Released,

    /// <summary>Ended: the challenge ran out before it was proved.</summary>
    Expired,

    /// <summary>Ended: the owner gave up its proof.</summary>
    Revoked,

    /// <summary>
    /// The owner has proved control of a domain that somebody else holds, and a person is to decide. The holder keeps the domain meanwhile.
    /// </summary>
    InReview,

    /// <summary>Ended: a person decided that the holder keeps the domain.</summary>
    Rejected,

    /// <summary>Ended: the owner withdrew the request before it was proved.</summary>
    Canceled,
}
