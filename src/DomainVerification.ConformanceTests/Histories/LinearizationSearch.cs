namespace DomainVerification.ConformanceTests.Histories;

/// <summary>
/// Whether calls that overlapped answer as if they had come one after the other: the search of Wing and Gong, with a memory of what led
/// nowhere.
/// </summary>
internal sealed class LinearizationSearch(IReadOnlyList<RecordedCall> calls)
{
    private readonly HashSet<(int Done, string Model)> _deadEnds = [];

    /// <summary>Whether some order explains all answers that keeps a call which ended before another one began before that one.</summary>
    public static bool Explains(ClaimModel start, IReadOnlyList<RecordedCall> calls) => new LinearizationSearch(calls).From(start, 0);

    private bool From(ClaimModel model, int done)
    {
        if (done == (1 << calls.Count) - 1)
        {
            return true;
        }

        if (!_deadEnds.Add((done, model.Fingerprint)))
        {
            return false;
        }

        var left = Enumerable.Range(0, calls.Count).Where(number => (done & (1 << number)) == 0).ToList();
        var firstEnd = left.Min(number => calls[number].Ended);
        return left
            .Where(number => calls[number].Began < firstEnd)
            .Any(number => calls[number].Step(model) is { } next && From(next, done | (1 << number)));
    }
}
