using System.Collections.Frozen;
using Core = DomainVerification.DomainVerificationErrorCodes;
using Web = DomainVerification.AspNetCore.DomainVerificationWebErrorCodes;

namespace DomainVerification.AspNetCore.Errors.Internal;

/// <summary>The one table of the HTTP status of each code. <c>docs/aspnetcore.md</c> shows it, and a test keeps the two equal.</summary>
internal static class ErrorStatuses
{
    private const int BadRequest = 400;
    private const int Forbidden = 403;
    private const int NotFound = 404;
    private const int Conflict = 409;
    private const int Gone = 410;
    private const int PreconditionFailed = 412;
    private const int TooLarge = 413;
    private const int UnsupportedMediaType = 415;
    private const int Unprocessable = 422;
    private const int PreconditionRequired = 428;
    private const int TooManyRequests = 429;
    private const int Unavailable = 503;

    public static FrozenDictionary<string, int> All { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [Core.DomainEmpty] = Unprocessable,
        [Core.DomainIsUrl] = Unprocessable,
        [Core.DomainIsEmail] = Unprocessable,
        [Core.DomainHasPort] = Unprocessable,
        [Core.DomainHasPath] = Unprocessable,
        [Core.DomainHasSpace] = Unprocessable,
        [Core.DomainIsWildcard] = Unprocessable,
        [Core.DomainIsIpAddress] = Unprocessable,
        [Core.DomainIsSingleLabel] = Unprocessable,
        [Core.DomainEndsInNumber] = Unprocessable,
        [Core.DomainHasEmptyLabel] = Unprocessable,
        [Core.DomainTooLong] = Unprocessable,
        [Core.DomainLabelTooLong] = Unprocessable,
        [Core.DomainHasInvalidCharacter] = Unprocessable,
        [Core.DomainHasBadHyphen] = Unprocessable,
        [Core.DomainHasInvalidPunycode] = Unprocessable,
        [Core.DomainBreaksBidiRule] = Unprocessable,
        [Core.DomainIsPublicSuffix] = Unprocessable,
        [Core.DomainIsPrivateSuffix] = Unprocessable,
        [Core.DomainTldUnlisted] = Unprocessable,
        [Core.DomainReserved] = Unprocessable,
        [Core.DomainDenied] = Unprocessable,
        [Core.MethodNotAllowed] = Unprocessable,
        [Core.ChallengeTooLong] = Unprocessable,
        [Core.ProofNotFound] = Unprocessable,
        [Core.PublicSuffixListMalformed] = Unprocessable,
        [Core.PublicSuffixListIncomplete] = Unprocessable,

        [Core.ClaimNotFound] = NotFound,
        [Core.ReviewNotFound] = NotFound,
        [Core.WorkNotFound] = NotFound,

        [Core.ReviewerIsParty] = Forbidden,

        [Core.MethodDiffers] = Conflict,
        [Core.VersionConflict] = Conflict,
        [Core.ClaimEnded] = Conflict,
        [Core.ChallengeExpired] = Conflict,
        [Core.NotPending] = Conflict,
        [Core.NotVerified] = Conflict,
        [Core.NotClaimed] = Conflict,
        [Core.AlreadyClaimed] = Conflict,
        [Core.StillClaimed] = Conflict,
        [Core.ProofStale] = Conflict,
        [Core.DomainHeld] = Conflict,
        [Core.TransferWaiting] = Conflict,
        [Core.TransferInReview] = Conflict,
        [Core.TransferRefused] = Conflict,
        [Core.ReviewStale] = Conflict,
        [Core.UndoNotPossible] = Conflict,
        [Core.DomainContested] = Conflict,
        [Core.HoldingEnded] = Conflict,
        [Core.WorkNotDead] = Conflict,
        [Core.PublicSuffixListOutdated] = Conflict,
        [Core.TooManyPendingClaims] = Conflict,

        [Core.PublicSuffixListTooLarge] = TooLarge,

        [Core.CheckRateLimited] = TooManyRequests,

        // The customer did nothing wrong, and the same request may succeed later.
        [Core.ProofInconclusive] = Unavailable,
        [Core.ProfileUnknown] = Unavailable,
        [Core.ProvisioningPending] = Unavailable,
        [Core.ProvisionerFaulted] = Unavailable,
        [Core.ProvisionerUnknown] = Unavailable,
        [Core.HandlerFaulted] = Unavailable,
        [Core.HandlerUnknown] = Unavailable,

        [Web.ClaimantUnknown] = Forbidden,
        [Web.BodyMalformed] = BadRequest,
        [Web.BodyTooLarge] = TooLarge,
        [Web.MediaTypeUnsupported] = UnsupportedMediaType,
        [Web.MethodUnknown] = BadRequest,
        [Web.ReasonInvalid] = BadRequest,
        [Web.PageSizeInvalid] = BadRequest,
        [Web.CursorInvalid] = BadRequest,
        [Web.StatusUnknown] = BadRequest,
        [Web.PreconditionFailed] = PreconditionFailed,
        [Web.PreconditionRequired] = PreconditionRequired,
        [Web.TooManyStreams] = TooManyRequests,
        [Web.TokenNotKept] = Gone,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Whether a code says that the request is not as it must be, and so that nothing was done for it; not what became of a sound one.
    /// </summary>
    public static bool IsAboutTheRequest(string code) => Of(code) switch
    {
        BadRequest or PreconditionFailed or TooLarge or UnsupportedMediaType or PreconditionRequired => true,
        Unprocessable => code != Core.ProofNotFound,
        Forbidden => code == Web.ClaimantUnknown,
        _ => false,
    };

    /// <summary>The status of a code; a code of the host's own, which no part of the SDK gives, is a conflict.</summary>
    public static int Of(string code) => All.GetValueOrDefault(code, Conflict);
}
