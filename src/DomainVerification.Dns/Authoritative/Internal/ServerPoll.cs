using System.Security.Cryptography;

namespace DomainVerification.Dns;

/// <summary>
/// Asks the servers of a zone the same question, each by itself and all at the same time. Once more than half of them have said the same,
/// the others have a moment left.
/// </summary>
internal sealed class ServerPoll(AuthoritativeContext context, ServerConversation conversation)
{
    /// <summary>The most addresses of one zone that are asked.</summary>
    public const int MaxServers = 12;

    private const int MaxServersOfSharedZone = 3;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    public async ValueTask<IReadOnlyList<ServerReport>> RunAsync(ZoneCut cut, DnsQuestion question, CancellationToken cancellationToken)
    {
        var servers = Choose(cut);
        if (servers.Count == 1)
        {
            return [await AskAsync(servers[0], cut.Name, question, cancellationToken).ConfigureAwait(false)];
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<ServerReport>> asking = [.. servers.Select(server => AskInTimeAsync(server, cut.Name, question, enough.Token, cancellationToken))];
        await WaitAsync(asking, enough).ConfigureAwait(false);
        return await Task.WhenAll(asking).ConfigureAwait(false);
    }

    /// <summary>Asks each server that speaks for the zone which version of it it has, where that is not known yet.</summary>
    public async ValueTask<IReadOnlyList<ServerReport>> WithSerialsAsync(
        IReadOnlyList<ServerReport> reports,
        DnsName zone,
        CancellationToken cancellationToken) =>
        await Task.WhenAll(reports.Select(report => WithSerialAsync(report, zone, cancellationToken))).ConfigureAwait(false);

    /// <summary>Each name of a server is there before any has a second address, so that no host of many addresses crowds out the others.</summary>
    private static IReadOnlyList<ZoneServer> Choose(ZoneCut cut)
    {
        var most = cut.IsShared ? MaxServersOfSharedZone : MaxServers;
        if (cut.Servers.Count <= most)
        {
            return cut.Servers;
        }

        ZoneServer[] servers = [.. cut.Servers];
        RandomNumberGenerator.Shuffle(servers.AsSpan());
        return [.. servers.GroupBy(server => server.HostName).SelectMany(host => host.Index()).OrderBy(one => one.Index).Take(most).Select(one => one.Item)];
    }

    private async Task WaitAsync(List<Task<ServerReport>> asking, CancellationTokenSource enough)
    {
        List<Task<ServerReport>> waiting = [.. asking];
        List<ServerWord> words = [];
        while (waiting.Count > 0)
        {
            var finished = await Task.WhenAny(waiting).ConfigureAwait(false);
            waiting.Remove(finished);
            if ((await finished.ConfigureAwait(false)).Word is { } word)
            {
                words.Add(word);
            }

            var isDecided = words.Count * 2 > asking.Count && words.TrueForAll(other => ServerVote.SaysTheSame(other, words[0]));
            if (waiting.Count > 0 && isDecided)
            {
                await GiveGraceAsync(waiting, enough.Token).ConfigureAwait(false);
                await enough.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
    }

    private async Task GiveGraceAsync(List<Task<ServerReport>> waiting, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var grace = Task.Delay(Grace, context.Plan.TimeProvider, over.Token);
        await Task.WhenAny(Task.WhenAll(waiting), grace).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>As <see cref="AskAsync"/>, but ends without an answer where the others had enough of them.</summary>
    private async Task<ServerReport> AskInTimeAsync(
        ZoneServer server,
        DnsName zone,
        DnsQuestion question,
        CancellationToken enough,
        CancellationToken cancellationToken)
    {
        var started = context.Plan.TimeProvider.GetTimestamp();
        try
        {
            return await AskAsync(server, zone, question, enough).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServerReport(server, DnsServerStanding.NotAwaited) { Elapsed = context.Plan.TimeProvider.GetElapsedTime(started) };
        }
    }

    private async Task<ServerReport> AskAsync(ZoneServer server, DnsName zone, DnsQuestion question, CancellationToken cancellationToken)
    {
        var state = conversation.Begin(server.Endpoint);
        DnsExchange? last = null;
        for (var i = 0; i < context.Plan.TriesPerServer; i++)
        {
            var exchange = await conversation.AskAsync(state, question, cancellationToken).ConfigureAwait(false);
            last = exchange ?? last;
            if (exchange?.Outcome != DnsExchangeOutcome.TimedOut)
            {
                break;
            }
        }

        return last is null
            ? new ServerReport(server, DnsServerStanding.NotAwaited) { Failure = DnsLookupStatus.TimedOut }
            : ServerReport.Of(server, last, zone, question);
    }

    private async Task<ServerReport> WithSerialAsync(ServerReport report, DnsName zone, CancellationToken cancellationToken)
    {
        if (report.Word is not { Serial: null } word)
        {
            return report;
        }

        var question = new DnsQuestion(zone, DnsRecordType.SOA);
        var exchange = await conversation.AskAsync(conversation.Begin(report.Server.Endpoint), question, cancellationToken)
            .ConfigureAwait(false);
        return report with { Word = word with { Serial = ServerWord.SerialOf(exchange?.Response?.Answers ?? [], zone) } };
    }
}
