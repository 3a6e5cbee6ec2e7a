namespace DomainVerification.Dns;

/// <summary>What the servers of a zone say in one poll, as it comes in.</summary>
/// <param name="servers">Who is asked.</param>
internal sealed class PollRound(IReadOnlyList<ZoneServer> servers)
{
    private readonly TaskCompletionSource _decided = new();
    private readonly ServerReport?[] _reports = new ServerReport?[servers.Count];
    private readonly ZoneHosts _hosts = new(servers);
    private uint _heard;
    private ServerWord? _first;
    private bool _isUnanimous = true;
    private int _ended;

    /// <summary>Ends when more than half of the host names have said the same and none another thing, or when all have ended.</summary>
    public Task Decided => _decided.Task;

    /// <summary>What each server said, in the order of the servers. To be read when all have ended.</summary>
    public IReadOnlyList<ServerReport> Reports => _reports!;

    /// <summary>Takes what a server said; null for one whose asking was ended by the caller.</summary>
    public void Take(int index, ServerReport? report)
    {
        bool isDecided;
        lock (_reports)
        {
            _reports[index] = report;
            _ended++;
            if (report?.Word is { } word)
            {
                Hear(index, word);
            }

            isDecided = _ended == _reports.Length || (_isUnanimous && _hosts.IsMajority(_heard));
        }

        if (isDecided)
        {
            _decided.TrySetResult();
        }
    }

    private void Hear(int index, ServerWord word)
    {
        _first ??= word;
        _isUnanimous &= ServerVote.SaysTheSame(_first, word);
        _heard |= _hosts.BitOf(index);
    }
}
