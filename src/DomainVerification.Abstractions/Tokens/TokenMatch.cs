namespace DomainVerification;

/// <summary>Whether an observed value is a token.</summary>
public enum TokenMatch
{
    /// <summary>The value is not the token.</summary>
    None,

    /// <summary>The value is the token.</summary>
    Current,

    /// <summary>The value is a token of an earlier challenge of the same owner: a leftover that proves nothing.</summary>
    Spent,
}
