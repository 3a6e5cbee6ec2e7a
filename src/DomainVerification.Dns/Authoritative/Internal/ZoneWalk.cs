using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;

namespace DomainVerification.Dns;

/// <summary>
/// Walks from the deepest known zone towards the zone of a name. Each server is told no more of the name than it has to know (QNAME
/// minimisation, RFC 9156), and believed only about what is its own: delegations below its zone, addresses of names within it.
/// </summary>
internal sealed class ZoneWalk(AuthoritativeContext context, ServerConversation conversation, ServerPoll poll, SendingAccount account)
{
    // RFC 9156, section 2.3: labels are added one by one at first, then several at once, so that a long name cannot make a long walk.
    private const int MaxMinimisedQueries = 10;
    private const int LabelsOneByOne = 4;

    private const int MaxServersAsked = 4;
    private const int MaxDepth = 3;
    private const int MaxHostsLookedUp = 6;
    private const int MaxAddressesOfKind = Delegation.MaxAddressesOfHost / 2;

    // Two that say the same: one alone could send all customers of a provider to servers of its own.
    private const int ServersAskedForAddresses = 2;

    // What several branches of a walk ask alike is asked once. These wait for servers only, never for each other.
    private Shared<IReadOnlyList<ServerReport>>? _polls;
    private Shared<(DnsMessage? Response, DnsLookupStatus Failure)>? _answers;

    /// <summary>Whether a server spoke for its zone.</summary>
    public bool WasHeard { get; private set; }

    /// <summary>Whether the root was asked, and no server of it answered.</summary>
    public bool IsRootSilent { get; private set; }

    /// <summary>
    /// Finds the zone whose servers are to be asked about a name. It may prove to be delegated further where the name itself is an apex;
    /// then the servers answer with a referral, for <see cref="DescendAsync"/>.
    /// </summary>
    public ValueTask<ZoneFinding> FindAsync(DnsName name, CancellationToken cancellationToken) => FindAsync(name, 0, cancellationToken);

    /// <summary>Goes on to a zone that a server refers to.</summary>
    public ValueTask<ZoneFinding> DescendAsync(Delegation delegation, CancellationToken cancellationToken) =>
        EnterAsync(delegation, 0, cancellationToken);

    private ValueTask<ZoneFinding> FindAsync(DnsName name, int depth, CancellationToken cancellationToken)
    {
        return FindKnown(context.Cuts, name, out var known, out var labels)
            ? ValueTask.FromResult(ZoneFinding.Found(known))
            : WalkAsync(known, labels, name, depth, cancellationToken);
    }

    /// <summary>Finds the zone of a name without asking anybody.</summary>
    /// <param name="cuts">The zones that are known.</param>
    /// <param name="name">The name.</param>
    /// <param name="known">The deepest known zone above the name, also where it is not known to be the last one.</param>
    /// <param name="labels">So many labels of the name, from its end, are known to lie in that zone.</param>
    public static bool FindKnown(ZoneCuts cuts, DnsName name, [NotNullWhen(true)] out ZoneCut? known, out int labels)
    {
        known = cuts.Deepest(name, out labels);
        return known is not null && Next(name, labels, 0) is null;
    }

    private async ValueTask<ZoneFinding> WalkAsync(
        ZoneCut? known,
        int labels,
        DnsName name,
        int depth,
        CancellationToken cancellationToken)
    {
        var found = known is null ? await PrimeAsync(depth, cancellationToken).ConfigureAwait(false) : ZoneFinding.Found(known);
        for (var queries = 0; found.IsFound && Next(name, labels, queries) is { } next; queries++)
        {
            var step = await StepAsync(found.Cut, next, name, cancellationToken).ConfigureAwait(false);
            if (step.Failure is { } failure)
            {
                return ZoneFinding.Failed(failure);
            }

            if (step.EndsHere)
            {
                break;
            }

            labels = next.LabelCount;
            if (step.Delegation is { } delegation)
            {
                found = await EnterAsync(delegation, depth, cancellationToken).ConfigureAwait(false);
                labels = delegation.Zone.LabelCount;
            }
            else
            {
                context.Cuts.KeepNone(next);
            }
        }

        return found;
    }

    /// <summary>
    /// Asks whether a zone begins at a name. Servers of the root and of top-level domains are believed one by one; of any other zone more
    /// than half have to say it.
    /// </summary>
    private async ValueTask<(Delegation? Delegation, bool EndsHere, DnsLookupStatus? Failure)> StepAsync(
        ZoneCut cut,
        DnsName next,
        DnsName name,
        CancellationToken cancellationToken)
    {
        var question = new DnsQuestion(next, DnsRecordType.NS);
        if (!cut.IsShared)
        {
            var reports = await PollAsync(cut, question, ServerPoll.MaxServers, cancellationToken).ConfigureAwait(false);
            var told = DelegationVote.Of(reports);

            // Where they are not of one mind, or say that the name does not exist, the question itself decides.
            var isNone = reports.Any(report => report.Word is not null)
                && reports.All(report => report is { Referral: null } and not { Word.Status: DnsLookupStatus.NxDomain });
            return (told, told is null && !isNone, null);
        }

        var (response, failure) = await AskAsync(cut, question, cancellationToken).ConfigureAwait(false);
        if (response is null)
        {
            return (null, false, failure);
        }

        // There should be nothing below a name that does not exist (RFC 8020), but some servers deny names that only lead to others.
        return Delegation.TryRead(response, cut.Name, name, out var delegation)
            ? (delegation, false, null)
            : (null, response.ResponseCode == DnsResponseCode.NxDomain, null);
    }

    /// <summary>The next shorter form of the name to ask for; null once only the whole name is left, which the question itself asks.</summary>
    private static DnsName? Next(DnsName name, int labels, int queries)
    {
        if (queries >= MaxMinimisedQueries)
        {
            return null;
        }

        var left = name.LabelCount - labels;
        var step = queries < LabelsOneByOne ? 1 : Math.Max(1, left / (MaxMinimisedQueries - queries));
        if (left <= step)
        {
            return null;
        }

        var next = name;
        while (next.LabelCount > labels + step)
        {
            next = next.Parent!;
        }

        return next;
    }

    /// <summary>Learns the servers of the root from one that is known from the start (RFC 9609).</summary>
    private async ValueTask<ZoneFinding> PrimeAsync(int depth, CancellationToken cancellationToken)
    {
        var mayWait = !account.IsSpent && account.Remaining >= context.Plan.TryTimeout;
        if (await new RootServers(context.Roots).AskAsync(conversation, cancellationToken).ConfigureAwait(false) is not { } root)
        {
            // A look-up that has used up its time or its sendings has not heard the root, and knows nothing of it.
            IsRootSilent = mayWait;
            return ZoneFinding.Failed(DnsLookupStatus.TimedOut, "no_root_servers");
        }

        WasHeard = true;

        // Servers whose addresses did not come along are found by the hints; looking them up would need the root itself.
        var known = root with { Hosts = [.. root.Hosts.Where(host => host.Addresses.Count > 0)] };
        var entered = await EnterAsync(known, depth, cancellationToken).ConfigureAwait(false);
        if (entered.IsFound)
        {
            return entered;
        }

        var hints = new ZoneCut(DnsName.Root, context.Roots.Servers, root.TimeToLive);
        context.Cuts.Keep(hints);
        return ZoneFinding.Found(hints);
    }

    private async ValueTask<ZoneFinding> EnterAsync(Delegation delegation, int depth, CancellationToken cancellationToken)
    {
        var servers = delegation.Hosts.SelectMany(host => ServersOf(host.Name, host.Addresses)).ToList();
        var missing = delegation.Hosts.Where(host => host.Addresses.Count == 0).Take(MaxHostsLookedUp).ToList();
        if (depth < MaxDepth && missing.Count > 0)
        {
            var finding = missing.Select(host => FindServersAsync(host.Name, depth + 1, cancellationToken).AsTask());
            servers.AddRange((await Task.WhenAll(finding).ConfigureAwait(false)).SelectMany(found => found));
        }

        if (servers.Count == 0)
        {
            return account.IsSpent
                ? ZoneFinding.Failed(DnsLookupStatus.TimedOut)
                : ZoneFinding.Failed(DnsLookupStatus.ServerFailure, "no_server_addresses");
        }

        var cut = new ZoneCut(delegation.Zone, [.. servers.DistinctBy(server => server.Endpoint)], delegation.TimeToLive);
        context.Cuts.Keep(cut);
        return ZoneFinding.Found(cut);
    }

    private async ValueTask<IReadOnlyList<ZoneServer>> FindServersAsync(DnsName host, int depth, CancellationToken cancellationToken)
    {
        if (context.Hosts.Find(host) is { } known)
        {
            return known;
        }

        var found = await FindAsync(host, depth, cancellationToken).ConfigureAwait(false);
        if (!found.IsFound)
        {
            return [];
        }

        var asking = new[] { DnsRecordType.A, DnsRecordType.AAAA }
            .Select(type => FindAddressesAsync(found.Cut, new DnsQuestion(host, type), depth, cancellationToken).AsTask());
        var addresses = await Task.WhenAll(asking).ConfigureAwait(false);
        var servers = ServersOf(host, [.. addresses.SelectMany(list => list)]);
        if (servers.Count > 0)
        {
            context.Hosts.Keep(host, servers);
        }

        return servers;
    }

    // The name of a server is never an alias (RFC 2181, section 10.3), so none is followed.
    private async ValueTask<IReadOnlyList<IPAddress>> FindAddressesAsync(
        ZoneCut cut,
        DnsQuestion question,
        int depth,
        CancellationToken cancellationToken)
    {
        var reports = await PollAsync(cut, question, ServersAskedForAddresses, cancellationToken).ConfigureAwait(false);
        if (depth < MaxDepth && DelegationVote.Of(reports) is { } delegation)
        {
            var deeper = await EnterAsync(delegation, depth + 1, cancellationToken).ConfigureAwait(false);
            reports = deeper.IsFound
                ? await PollAsync(deeper.Cut, question, ServersAskedForAddresses, cancellationToken).ConfigureAwait(false)
                : [];
        }

        if (!reports.Any(report => report.Word is not null))
        {
            return [];
        }

        var records = ServerVote.Of(reports).Records.Where(record => record.Name == question.Name);
        return [.. records.Select(Delegation.AddressOf).OfType<IPAddress>().Distinct().Take(MaxAddressesOfKind)];
    }

    private async ValueTask<IReadOnlyList<ServerReport>> PollAsync(
        ZoneCut cut,
        DnsQuestion question,
        int most,
        CancellationToken cancellationToken)
    {
        var asking = LazyInitializer.EnsureInitialized(ref _polls, static () => new())
            .GetOrAdd(cut.Name, question, () => poll.RunAsync(cut, question, most, begun: null, cancellationToken).AsTask());
        var reports = await asking.ConfigureAwait(false);
        WasHeard |= reports.Any(report => report.Word is not null || report.Referral is not null);
        return reports;
    }

    private List<ZoneServer> ServersOf(DnsName host, IReadOnlyList<IPAddress> addresses) =>
        [.. addresses.Select(context.EndpointOf).OfType<DnsServerEndpoint>().Select(endpoint => new ZoneServer(host, endpoint))];

    private Task<(DnsMessage? Response, DnsLookupStatus Failure)> AskAsync(
        ZoneCut cut,
        DnsQuestion question,
        CancellationToken cancellationToken) =>
        LazyInitializer.EnsureInitialized(ref _answers, static () => new())
            .GetOrAdd(cut.Name, question, () => AskOneAsync(cut, question, cancellationToken));

    /// <summary>Asks servers of a zone, one after the other in random order, until one speaks for the zone.</summary>
    private async Task<(DnsMessage? Response, DnsLookupStatus Failure)> AskOneAsync(
        ZoneCut cut,
        DnsQuestion question,
        CancellationToken cancellationToken)
    {
        ZoneServer[] servers = [.. cut.Servers];
        RandomNumberGenerator.Shuffle(servers.AsSpan());
        DnsLookupStatus? failure = null;
        var asked = 0;
        foreach (var server in servers)
        {
            if (asked == MaxServersAsked)
            {
                break;
            }

            var state = conversation.Begin(server.Endpoint);
            if (await conversation.AskAsync(state, question, cancellationToken).ConfigureAwait(false) is not { } exchange)
            {
                break;
            }

            if (exchange.Response is { } response && SpeaksForZone(response))
            {
                WasHeard = true;
                return (response, default);
            }

            // Whoever has no way to one kind of addresses still has the others to ask.
            asked += NoRoute.Explains(exchange) ? 0 : 1;
            failure = LookupFailure.MoreTelling(failure, LookupFailure.Of(exchange));
        }

        return (null, failure ?? DnsLookupStatus.TimedOut);
    }

    private static bool SpeaksForZone(DnsMessage response) =>
        response.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NxDomain
        && (response.Flags.HasFlag(DnsHeaderFlags.AuthoritativeAnswer) || NegativeAnswer.IsReferral(response));
}
