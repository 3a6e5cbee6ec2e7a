namespace DomainVerification.Dns;

/// <summary>Whether a port takes a query.</summary>
internal enum UdpPortAnswer
{
    /// <summary>It waits there now.</summary>
    Taken,

    /// <summary>The port served as many as it may.</summary>
    Spent,

    /// <summary>The port served the same question: a second one would give a forger two chances.</summary>
    KnowsQuestion,
}
