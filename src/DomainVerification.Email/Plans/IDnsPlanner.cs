namespace DomainVerification.Email;

/// <summary>Compares wanted records with what DNS holds. Implementations may be called from many threads at once.</summary>
public interface IDnsPlanner
{
    /// <summary>Reads what exists and says what is to be done.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Ends the planning at once.</param>
    /// <returns>
    /// The plan. A name that DNS could not be asked about is planned as <see cref="PlanAction.Add"/> with the problem <c>not_checked</c>.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// A wanted record cannot be published whatever DNS holds: an unknown type, a name outside the domain, a value that does not fit.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<DnsPlan> PlanAsync(DnsPlanRequest request, CancellationToken cancellationToken);
}
