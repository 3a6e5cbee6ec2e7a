namespace DomainVerification.PublicSuffixes.Internal;

/// <summary>What rules end at a node of the tree. The values are part of the resource format.</summary>
[Flags]
internal enum SuffixFlags : byte
{
    None = 0,
    Icann = 1,
    Private = 2,
    IcannException = 4,
    PrivateException = 8,

    /// <summary>The node has a child that matches any label.</summary>
    HasWildcard = 16,

    /// <summary>No rule of the list ends here; the node is a suffix because its wildcard child is.</summary>
    Implied = 32,

    AnyRule = Icann | Private,
    AnyException = IcannException | PrivateException,
}
