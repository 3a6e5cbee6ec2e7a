namespace DomainVerification.Dns;

/// <summary>What the servers of a zone replied to the first sendings, where all who spoke hold the same lone text.</summary>
/// <param name="cut">The zone.</param>
/// <param name="replies">The reply of each server; nothing for one that was not awaited.</param>
/// <param name="elapsed">How long the one that took longest was awaited, in ticks.</param>
internal sealed class ZoneReplies(ZoneCut cut, DnsReply[] replies, uint elapsed)
{
    public ZoneCut Cut => cut;

    /// <summary>The text, as the first of the servers who have it tells it.</summary>
    public LoneText Text => Array.Find(replies, IsText).Text;

    /// <summary>Tells of the sendings.</summary>
    public void Tell(LookupObserver observer, DnsQuestion question)
    {
        for (var i = 0; i < replies.Length; i++)
        {
            if (IsText(replies[i]))
            {
                LookupObserver.OnAnswer(DnsTransportKind.Udp);
            }
            else if (replies[i].Exchange is not null)
            {
                observer.OnAttempt(replies[i].ToAttempt(cut.Servers[i].Endpoint, question));
            }
        }
    }

    public IReadOnlyList<DnsAttempt> ReadAttempts(DnsQuestion question)
    {
        List<DnsAttempt> attempts = new(replies.Length);
        for (var i = 0; i < replies.Length; i++)
        {
            if (!IsNotAwaited(replies[i]))
            {
                attempts.Add(replies[i].ToAttempt(cut.Servers[i].Endpoint, question));
            }
        }

        return attempts;
    }

    public IReadOnlyList<DnsServerView> ReadViews(DnsQuestion question)
    {
        var views = new DnsServerView[replies.Length];
        for (var i = 0; i < views.Length; i++)
        {
            var report = IsNotAwaited(replies[i])
                ? new ServerReport(cut.Servers[i], DnsServerStanding.NotAwaited) { Elapsed = TimeSpan.FromTicks(elapsed) }
                : ServerReport.Of(cut.Servers[i], replies[i].ToExchange(question), cut.Name, question);
            views[i] = report.ToView();
        }

        return views;
    }

    private static bool IsText(DnsReply reply) => !reply.Text.IsNone;

    private static bool IsNotAwaited(DnsReply reply) => reply.Exchange is null && !IsText(reply);
}
