using System.Runtime.CompilerServices;

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

    private readonly KnownNames _names = new(MaxCuts);

    /// <summary>The deepest known zone at or above a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="labels">So many labels of the name, from its end, are known to lie in that zone.</param>
    [SkipLocalsInit]
    public ZoneCut? Deepest(DnsName name, out int labels)
    {
        var now = timeProvider.GetUtcNow().UtcTicks;
        NameEnds ends = new(
            name,
            stackalloc byte[DnsName.MaxWireLength],
            stackalloc byte[NameEnds.Most],
            stackalloc int[NameEnds.Most]);
        labels = 0;
        for (var at = name.LabelCount; at >= 0; at--)
        {
            var known = _names.Find(ends.Of(at), ends.HashOf(at));
            if (known is not null && known.Until > now && known.Until - now <= LongestShared.Ticks)
            {
                labels = Math.Max(labels, at);
                if (known.Cut is { } cut)
                {
                    return cut;
                }
            }
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

    public void Forget(ZoneCut cut) => Set(cut.Name, null, until: 0);

    private void Keep(DnsName name, ZoneCut? cut, TimeSpan time) =>
        Set(name, cut, (timeProvider.GetUtcNow() + (time > Shortest ? time : Shortest)).UtcTicks);

    private void Set(DnsName name, ZoneCut? cut, long until)
    {
        NameEnds ends = new(
            name,
            stackalloc byte[DnsName.MaxWireLength],
            stackalloc byte[NameEnds.Most],
            stackalloc int[NameEnds.Most]);
        _names.Set(new KnownName(ends.Of(name.LabelCount).ToArray(), ends.HashOf(name.LabelCount), cut, until));
    }
}
