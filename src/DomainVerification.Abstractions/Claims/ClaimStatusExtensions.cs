namespace DomainVerification;

/// <summary>The three questions that stores and hosts ask of a status.</summary>
public static class ClaimStatusExtensions
{
    extension(ClaimStatus status)
    {
        /// <summary>
        /// Whether the owner holds the domain: <see cref="ClaimStatus.Provisioning"/> or <see cref="ClaimStatus.Claimed"/>.
        /// </summary>
        public bool Holds => status is ClaimStatus.Provisioning or ClaimStatus.Claimed;

        /// <summary>
        /// Whether control was proved and the claim still stands: <see cref="ClaimStatus.Verified"/>, <see cref="ClaimStatus.InReview"/>,
        /// or it holds.
        /// </summary>
        public bool IsProved => status is ClaimStatus.Verified or ClaimStatus.InReview || status.Holds;

        /// <summary>Whether the claim can still change. At most one claim of a (profile, owner, domain) is live.</summary>
        public bool IsLive => status is ClaimStatus.Pending || status.IsProved;
    }
}
