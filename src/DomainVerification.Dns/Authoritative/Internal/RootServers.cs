using System.Security.Cryptography;

namespace DomainVerification.Dns;

/// <summary>
/// Asks servers of the root for the root's own records, several at the same time: of them all one always answers, unless nothing gets out.
/// </summary>
internal sealed class RootServers(RootHints hints)
{
    /// <summary>How many of them are asked.</summary>
    public const int Asked = 4;

    /// <summary>
    /// The servers of the root, from the first that answers as a root server does, with authority; null where none does. Something on the
    /// way that answers for everybody does not.
    /// </summary>
    public async ValueTask<Delegation?> AskAsync(ServerConversation conversation, CancellationToken cancellationToken)
    {
        using var found = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asking = Choose().Select(server => AskAsync(conversation, server, found.Token)).ToList();
        while (asking.Count > 0)
        {
            var done = await Task.WhenAny(asking).ConfigureAwait(false);
            asking.Remove(done);
            if (await done.ConfigureAwait(false) is { } root)
            {
                await found.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll((IEnumerable<Task>)asking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return root;
            }
        }

        return null;
    }

    private static async Task<Delegation?> AskAsync(ServerConversation conversation, ZoneServer server, CancellationToken cancellationToken)
    {
        var question = new DnsQuestion(DnsName.Root, DnsRecordType.NS);
        var exchange = await conversation.AskAsync(conversation.Begin(server.Endpoint), question, cancellationToken).ConfigureAwait(false);
        return exchange?.Response is { } response && Delegation.TryReadRoot(response, out var root) ? root : null;
    }

    private ZoneServer[] Choose()
    {
        ZoneServer[] servers = [.. hints.Servers];
        RandomNumberGenerator.Shuffle(servers.AsSpan());

        // A network of one kind of addresses only must not look like one that lets nothing out.
        return [.. servers.GroupBy(server => server.Endpoint.Address.AddressFamily).SelectMany(family => family.Take(Asked / 2))];
    }
}
