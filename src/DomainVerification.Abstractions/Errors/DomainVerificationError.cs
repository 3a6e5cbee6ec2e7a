namespace DomainVerification;

/// <summary>Why something was refused: a stable code for programs and a sentence for people.</summary>
/// <param name="Code">
/// One of <see cref="DomainVerificationErrorCodes"/>: lower-case words joined by underscores. Codes never change their meaning;
/// later versions may add new ones.
/// </param>
/// <param name="Message">
/// An English sentence that says what is wrong and what to do. Safe to show to the customer: it names no other tenant and holds no
/// secret. Its wording may change between versions.
/// </param>
public sealed record DomainVerificationError(string Code, string Message)
{
    /// <summary>The code and the message, for logs.</summary>
    public override string ToString() => $"{Code}: {Message}";
}
