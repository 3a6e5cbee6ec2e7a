namespace DomainVerification.AspNetCore;

/// <summary>
/// The codes of problem details that the endpoints themselves answer with, beside <see cref="DomainVerificationErrorCodes"/>.
/// <c>docs/aspnetcore.md</c> lists each with its status.
/// </summary>
public static class DomainVerificationWebErrorCodes
{
    /// <summary>The request acts for nobody that the host can name.</summary>
    public const string ClaimantUnknown = "claimant_unknown";

    /// <summary>The body is no JSON, or not the JSON that is asked for: a member is missing, unknown, doubled or of another type.</summary>
    public const string BodyMalformed = "body_malformed";

    /// <summary>The body is larger than <see cref="DomainVerificationWebOptions.MaximumBodyBytes"/>.</summary>
    public const string BodyTooLarge = "body_too_large";

    /// <summary>The body is not declared as JSON in UTF-8.</summary>
    public const string MediaTypeUnsupported = "media_type_unsupported";

    /// <summary>The body names a method of proof that does not exist.</summary>
    public const string MethodUnknown = "method_unknown";

    /// <summary>The reason of a decision is too long, or no well-formed text.</summary>
    public const string ReasonInvalid = "reason_invalid";

    /// <summary>The size of the page is no number from 1 to <see cref="DomainVerificationWebOptions.MaximumPageSize"/>.</summary>
    public const string PageSizeInvalid = "page_size_invalid";

    /// <summary>The cursor is none that a page gave.</summary>
    public const string CursorInvalid = "cursor_invalid";

    /// <summary>The filter names a status that does not exist.</summary>
    public const string StatusUnknown = "status_unknown";

    /// <summary>The claim is not in the state that <c>If-Match</c> names.</summary>
    public const string PreconditionFailed = "precondition_failed";

    /// <summary>The host wants <c>If-Match</c> with each change.</summary>
    public const string PreconditionRequired = "precondition_required";

    /// <summary>
    /// The owner has as many streams of live progress open as <see cref="ClaimStreamOptions.MaximumPerOwner"/> lets it.
    /// </summary>
    public const string TooManyStreams = "too_many_streams";

    /// <summary>The token was shown once and is not kept. Rotate it to get a fresh one.</summary>
    public const string TokenNotKept = "token_not_kept";
}
