namespace DomainVerification.Dns;

/// <summary>Many look-ups, by their numbers, and what is to be done with each result.</summary>
internal interface ILookupWork
{
    /// <summary>How many there are; their numbers begin with zero.</summary>
    int Count { get; }

    /// <summary>Gives a timestamp.</summary>
    long Now { get; }

    /// <summary>Begins one.</summary>
    ValueTask<DnsLookup> AskAsync(int index, CancellationToken cancellationToken);

    /// <summary>Takes the result.</summary>
    /// <param name="index">Which one it is.</param>
    /// <param name="lookup">The result.</param>
    /// <param name="started">The timestamp of before it was begun.</param>
    /// <param name="cancellationToken">Cancels all.</param>
    ValueTask TakeAsync(int index, DnsLookup lookup, long started, CancellationToken cancellationToken);
}
