namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>
/// A .NET client as a worker calls it: one awaited call for each name. What is measured awaits the very task that the client gives.
/// </summary>
/// <typeparam name="TAnswer">What the client answers.</typeparam>
internal interface IAsker<TAnswer>
{
    ValueTask<TAnswer> AskAsync(int index);

    /// <summary>Whether the answer was the very one of the name; null where there was none.</summary>
    bool? IsRight(int index, TAnswer answer);

    /// <summary>Whether the client tells by an exception that there was no answer.</summary>
    bool IsLoss(Exception error) => false;
}
