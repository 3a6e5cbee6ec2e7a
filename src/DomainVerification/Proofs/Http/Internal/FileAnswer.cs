namespace DomainVerification.Proofs.Http.Internal;

/// <summary>What came of one request.</summary>
/// <param name="Server">The address that was connected to, or tried.</param>
/// <param name="Code">Why there is no answer, one of <see cref="ProofDiagnosisCodes"/>; <see langword="null"/> where there is one.</param>
internal sealed record FileAnswer(string Server, string? Code = null)
{
    /// <summary>The status of the answer.</summary>
    public int Status { get; init; }

    /// <summary>The Location header, where there is exactly one.</summary>
    public string? Location { get; init; }

    /// <summary>
    /// The body of an answer with status 200, one octet a character; <see langword="null"/> where it is longer than any proof.
    /// </summary>
    public string? Body { get; init; }

    /// <summary>The answer as an observation tells it.</summary>
    public string Seen => Code ?? $"status_{Status}";
}
