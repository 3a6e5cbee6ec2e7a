using System.Runtime.CompilerServices;
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

    private const int MaxServersOfSharedZone = 4;

    /// <summary>How long the others have left once more than half have said the same.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>The most addresses of a zone that are asked.</summary>
    public static int LimitOf(ZoneCut cut) => cut.IsShared ? MaxServersOfSharedZone : MaxServers;

    /// <param name="cut">The zone.</param>
    /// <param name="question">What to ask.</param>
    /// <param name="most">The most addresses to ask.</param>
    /// <param name="begun">The asking of all servers of the zone, where that was begun before; null otherwise.</param>
    /// <param name="cancellationToken">Ends the poll.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<IReadOnlyList<ServerReport>> RunAsync(
        ZoneCut cut,
        DnsQuestion question,
        int most,
        FirstPoll? begun,
        CancellationToken cancellationToken)
    {
        var servers = Choose(cut, Math.Min(most, LimitOf(cut)));
        if (servers.Count == 1)
        {
            return new[] { await AskAsync(servers[0], 0, cut.Name, question, begun, cancellationToken).ConfigureAwait(false) };
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var round = new PollRound(servers);
        var asking = new Task[servers.Count];
        for (var i = 0; i < asking.Length; i++)
        {
            asking[i] = AskInTimeAsync(round, i, servers[i], cut.Name, question, begun, enough.Token, cancellationToken);
        }

        var decidedAt = begun?.DecidedAt;
        if (decidedAt is null)
        {
            await round.Decided.ConfigureAwait(false);
        }

        await GiveGraceAsync(Task.WhenAll(asking), decidedAt, enough).ConfigureAwait(false);
        return round.Reports;
    }

    /// <summary>Asks each server that speaks for the zone which version of it it has, where that is not known yet.</summary>
    public async ValueTask<IReadOnlyList<ServerReport>> WithSerialsAsync(
        IReadOnlyList<ServerReport> reports,
        DnsName zone,
        CancellationToken cancellationToken) =>
        await Task.WhenAll(reports.Select(report => WithSerialAsync(report, zone, cancellationToken))).ConfigureAwait(false);

    /// <summary>
    /// Each name of a server is there before any has a second address, so that no host of many addresses crowds out the others, and both
    /// kinds of addresses are there, so that whoever has no way to one kind still hears the other.
    /// </summary>
    private static IReadOnlyList<ZoneServer> Choose(ZoneCut cut, int most)
    {
        if (cut.Servers.Count <= most)
        {
            return cut.Servers;
        }

        ZoneServer[] servers = [.. cut.Servers];
        RandomNumberGenerator.Shuffle(servers.AsSpan());
        var byHost = servers.GroupBy(server => server.HostName)
            .SelectMany(host => host.Index())
            .OrderBy(one => one.Index)
            .Select(one => one.Item);
        return
        [
            .. byHost.GroupBy(server => server.Endpoint.Address.AddressFamily)
                .SelectMany(family => family.Index())
                .OrderBy(one => one.Index)
                .Take(most)
                .Select(one => one.Item),
        ];
    }

    private async Task GiveGraceAsync(Task asking, long? decidedAt, CancellationTokenSource enough)
    {
        var passed = decidedAt is { } since ? context.Plan.TimeProvider.GetElapsedTime(since) : TimeSpan.Zero;
        var left = passed < Grace ? Grace - passed : TimeSpan.Zero;
        try
        {
            await asking.WaitAsync(left, context.Plan.TimeProvider, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await enough.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="AskAsync"/>, but ends without an answer where the others had enough of them.</summary>
    private async Task AskInTimeAsync(
        PollRound round,
        int index,
        ZoneServer server,
        DnsName zone,
        DnsQuestion question,
        FirstPoll? begun,
        CancellationToken enough,
        CancellationToken cancellationToken)
    {
        var started = begun?.Started ?? context.Plan.TimeProvider.GetTimestamp();
        ServerReport? report = null;
        try
        {
            report = await AskAsync(server, index, zone, question, begun, enough).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            report = new ServerReport(server, DnsServerStanding.NotAwaited) { Elapsed = context.Plan.TimeProvider.GetElapsedTime(started) };
        }
        finally
        {
            round.Take(index, report);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ServerReport> AskAsync(
        ZoneServer server,
        int index,
        DnsName zone,
        DnsQuestion question,
        FirstPoll? begun,
        CancellationToken cancellationToken)
    {
        var state = conversation.Begin(server.Endpoint);
        FirstSending? sent = begun is { } poll
            ? await poll.TakeAsync(index, question, cancellationToken).ConfigureAwait(false)
            : null;
        DnsExchange? last = null;
        for (var i = 0; i < context.Plan.TriesPerServer; i++)
        {
            var exchange = await conversation.AskAsync(state, question, sent, cancellationToken).ConfigureAwait(false);
            sent = null;
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
