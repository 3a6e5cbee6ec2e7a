namespace DomainVerification;

/// <summary>A fresh token: the value to disclose and the form to keep.</summary>
/// <param name="Value">The token in clear, printable ASCII without spaces. A secret until the owner publishes it.</param>
/// <param name="Stored">What a store keeps of it.</param>
public sealed record IssuedToken(string Value, StoredToken Stored)
{
    /// <summary>Leaves out the secret.</summary>
    public override string ToString() => $"IssuedToken({Stored.Scheme})";
}
