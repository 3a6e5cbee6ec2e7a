namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>A .NET client as a worker calls it: one awaited call for each name.</summary>
internal interface IAsker
{
    /// <summary>Whether the answer was the very one of the name; null where there was none.</summary>
    ValueTask<bool?> AskAsync(int index);
}
