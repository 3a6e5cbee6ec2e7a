namespace DomainVerification.Dns;

/// <summary>
/// Finds the records of a name. Implementations never cache, may be called from many threads at once, and answer every ordinary accident
/// of a network or a server with a value.
/// </summary>
public interface IDnsResolver
{
    /// <summary>Looks a question up.</summary>
    /// <param name="question">
    /// The name, type and class. For type CNAME the alias itself is the data; for all others aliases are followed.
    /// </param>
    /// <param name="cancellationToken">Ends the look-up at once.</param>
    /// <returns>What was found, and who was asked.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken);
}
