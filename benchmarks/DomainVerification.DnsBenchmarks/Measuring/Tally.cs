namespace DomainVerification.DnsBenchmarks.Measuring;

/// <summary>The account of one turn, kept by whoever gets an answer.</summary>
internal sealed class Tally(int queries)
{
    private readonly TimeSpan[] _durations = new TimeSpan[queries];
    private int _wrong;
    private int _lost;
    private bool _isSorted;

    public int Wrong => _wrong;

    public int Lost => _lost;

    /// <param name="index">The number of the query.</param>
    /// <param name="isRight">Whether the answer was the very one of the name; null where there was none.</param>
    /// <param name="duration">How long it took.</param>
    public void Note(int index, bool? isRight, TimeSpan duration)
    {
        _durations[index] = duration;
        if (isRight is null)
        {
            Interlocked.Increment(ref _lost);
        }
        else if (isRight == false)
        {
            Interlocked.Increment(ref _wrong);
        }
    }

    /// <summary>In microseconds; when all answers are there.</summary>
    public double Percentile(int percent)
    {
        if (!_isSorted)
        {
            Array.Sort(_durations);
            _isSorted = true;
        }

        return _durations[_durations.Length * (long)percent / 100].TotalMicroseconds;
    }
}
