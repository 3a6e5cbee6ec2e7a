namespace DomainVerification.Dns;

/// <summary>
/// The zone cuts that were found lately. They say whom to ask and never what the answer is; they are kept for a short time, so that a zone
/// which moves to other servers is found there soon, and never renewed by what the zone's own servers say.
/// </summary>
internal sealed class ZoneCuts(TimeProvider timeProvider)
{
    /// <summary>The longest time that a cut is kept; those of the root and right below it move rarely, and are kept for longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan LongestShared = TimeSpan.FromHours(1);

    private const int MaxCuts = 20_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly RecentMemory<DnsName, Entry> _cuts = new(MaxCuts, WireNameComparer.Instance);

    /// <summary>The deepest known zone at or above a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="labels">So many labels of the name, from its end, are known to lie in that zone.</param>
    public ZoneCut? Deepest(DnsName name, out int labels)
    {
        var now = timeProvider.GetUtcNow();
        labels = 0;
        Span<byte> folded = stackalloc byte[DnsName.MaxWireLength];
        var rest = WireNameComparer.Fold(name, folded);
        for (var at = name.LabelCount; at >= 0; at--)
        {
            if (_cuts.TryGet(rest, out var entry) && entry.Until > now && entry.Until - now <= LongestShared)
            {
                labels = Math.Max(labels, at);
                if (entry.Cut is { } cut)
                {
                    return cut;
                }
            }

            // Behind the length and the octets of the first label the parent begins.
            rest = rest[(at == 0 ? 0 : rest[0] + 1)..];
        }

        return null;
    }

    public void Keep(ZoneCut cut)
    {
        var longest = cut.IsShared ? LongestShared : Longest;
        Keep(cut.Name, cut, cut.TimeToLive < longest ? cut.TimeToLive : longest);
    }

    /// <summary>
    /// Keeps that no zone begins at a name. Where one begins after all, the servers of the zone above refer to it when they are asked.
    /// </summary>
    public void KeepNone(DnsName name) => Keep(name, null, Longest);

    public void Forget(ZoneCut cut) => _cuts.Remove(cut.Name);

    private void Keep(DnsName name, ZoneCut? cut, TimeSpan time) =>
        _cuts.Set(name, new Entry(cut, timeProvider.GetUtcNow() + (time > Shortest ? time : Shortest)));

    private sealed record Entry(ZoneCut? Cut, DateTimeOffset Until);
}
