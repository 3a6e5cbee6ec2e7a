namespace DomainVerification.Email;

/// <summary>Something about a plan that the customer, or the host, should know.</summary>
/// <param name="Code">One of <see cref="PlanProblemCodes"/>. Codes never change their meaning; later versions may add new ones.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Message">
/// What was seen, as an English sentence. What it quotes from DNS is cut short and printable ASCII; it is still text, never markup.
/// </param>
/// <param name="Fix">What to do about it, as an English sentence; <see langword="null"/> where there is nothing to do.</param>
public sealed record PlanProblem(string Code, PlanProblemLevel Level, string Message, string? Fix = null);

/// <summary>How bad a problem is.</summary>
public enum PlanProblemLevel
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>Mail or a check may fail because of it.</summary>
    Warning,

    /// <summary>Mail or a check fails because of it.</summary>
    Error,
}
