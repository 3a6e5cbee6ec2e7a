namespace DomainVerification.Dns;

/// <summary>
/// Tells a zone whose servers are silent from a network that lets no DNS out: asks servers of the root, of which one always answers.
/// </summary>
internal sealed class EgressProbe(AuthoritativeContext context)
{
    /// <summary>How long it is believed that nothing gets out, and that something does.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    private long _openSince = long.MinValue;
    private long _blockedSince = long.MinValue;

    /// <summary>Whether it was found lately that nothing gets out.</summary>
    public bool IsKnownToBeBlocked => IsRecent(Volatile.Read(ref _blockedSince));

    /// <summary>Told whenever a server of the public name space was heard.</summary>
    public void NoteHeard() => NoteHeard(context.Plan.TimeProvider.GetTimestamp());

    /// <inheritdoc cref="NoteHeard()"/>
    /// <param name="since">A timestamp: not before it the server was heard.</param>
    public void NoteHeard(long since)
    {
        Volatile.Write(ref _openSince, since);
        Volatile.Write(ref _blockedSince, long.MinValue);
    }

    /// <summary>Told when the root was silent.</summary>
    public void NoteBlocked() => Volatile.Write(ref _blockedSince, context.Plan.TimeProvider.GetTimestamp());

    /// <summary>Finds out whether anything gets out, after a zone was found silent.</summary>
    public async ValueTask<bool> IsBlockedAsync(CancellationToken cancellationToken)
    {
        if (IsRecent(Volatile.Read(ref _openSince)))
        {
            return false;
        }

        // The look-up that found silence has used up its own account.
        var account = new SendingAccount(
            context.Plan.TimeProvider,
            context.Plan.TryTimeout,
            RootServers.Asked * DnsResolverOptions.MaxTriesPerServer);
        var conversation = new ServerConversation(context.Plan, account, DnsHeaderFlags.None);
        if (await new RootServers(context.Roots).AskAsync(conversation, cancellationToken).ConfigureAwait(false) is null)
        {
            NoteBlocked();
            return true;
        }

        NoteHeard();
        return false;
    }

    private bool IsRecent(long since) => since != long.MinValue && context.Plan.TimeProvider.GetElapsedTime(since) < Memory;
}
