namespace DomainVerification.Dns;

/// <summary>
/// Tells a zone whose servers are silent from a network that lets no DNS out: asks servers of the root, of which one always answers.
/// </summary>
internal sealed class EgressProbe(AuthoritativeContext context)
{
    /// <summary>How long it is believed that nothing gets out, and that something does.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private const int ServersAsked = 4;

    private DateTimeOffset _openUntil;
    private DateTimeOffset _blockedUntil;

    private DateTimeOffset Now => context.Plan.TimeProvider.GetUtcNow();

    /// <summary>Whether it was found lately that nothing gets out.</summary>
    public bool IsKnownToBeBlocked => Now < _blockedUntil && _blockedUntil - Now <= Memory;

    /// <summary>Told whenever a server of the public name space was heard.</summary>
    public void NoteHeard() => (_openUntil, _blockedUntil) = (Now + Memory, default);

    /// <summary>Finds out whether anything gets out, after a zone was found silent.</summary>
    public async ValueTask<bool> IsBlockedAsync(CancellationToken cancellationToken)
    {
        if (Now < _openUntil && _openUntil - Now <= Memory)
        {
            return false;
        }

        // The look-up that found silence has used up its own account.
        var account = new SendingAccount(context.Plan.TimeProvider, context.Plan.TryTimeout, ServersAsked * DnsResolverOptions.MaxTriesPerServer);
        var conversation = new ServerConversation(context.Plan, account, DnsHeaderFlags.None);
        var asking = Choose().Select(server => IsHeardAsync(conversation, server, cancellationToken)).ToList();
        while (asking.Count > 0)
        {
            var done = await Task.WhenAny(asking).ConfigureAwait(false);
            if (await done.ConfigureAwait(false))
            {
                NoteHeard();
                return false;
            }

            asking.Remove(done);
        }

        _blockedUntil = Now + Memory;
        return true;
    }

    // Something on the way that answers for everybody does not answer as a root server: with authority.
    private static async Task<bool> IsHeardAsync(ServerConversation conversation, ZoneServer server, CancellationToken cancellationToken)
    {
        var question = new DnsQuestion(DnsName.Root, DnsRecordType.NS);
        var exchange = await conversation.AskAsync(conversation.Begin(server.Endpoint), question, cancellationToken).ConfigureAwait(false);
        return exchange?.Response is { } response && Delegation.TryReadRoot(response, out _);
    }

    private ZoneServer[] Choose()
    {
        ZoneServer[] servers = [.. context.Roots.Servers];
        System.Security.Cryptography.RandomNumberGenerator.Shuffle(servers.AsSpan());

        // A network of one kind of addresses only must not look like one that lets nothing out.
        return [.. servers.GroupBy(server => server.Endpoint.Address.AddressFamily).SelectMany(family => family.Take(ServersAsked / 2))];
    }
}
