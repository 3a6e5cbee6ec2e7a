using DomainVerification.AspNetCore.Errors.Internal;

namespace DomainVerification.AspNetCore;

/// <summary>
/// The HTTP status of each code, as the endpoints of the SDK answer it, for endpoints of the host's own. <c>docs/aspnetcore.md</c> has the
/// table.
/// </summary>
public static class DomainVerificationStatusCodes
{
    /// <summary>
    /// The status of a code of <see cref="DomainVerificationErrorCodes"/> or <see cref="DomainVerificationWebErrorCodes"/>, from 400 to
    /// 503; 409 for a code that is none of them, such as one of a policy of the host.
    /// </summary>
    /// <param name="code">The code of an error.</param>
    public static int Of(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return ErrorStatuses.Of(code);
    }
}
