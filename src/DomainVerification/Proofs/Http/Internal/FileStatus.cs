using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>What the status of an answer means for a proof.</summary>
internal static class FileStatus
{
    /// <summary>Whether the server says that it cannot answer now, which is no "no".</summary>
    public static bool IsFailure(int status) => status is 408 or 425 or 429 or >= 500;

    public static bool IsRedirect(int status) => status is 300 or 301 or 302 or 303 or 305 or 307 or 308;

    /// <summary>The code of a status that is neither 200 nor a redirect.</summary>
    public static string CodeOf(int status) => status switch
    {
        404 or 410 => Codes.FileNotFound,
        _ when IsFailure(status) => Codes.WebServerFailure,
        _ => Codes.WrongStatus,
    };
}
