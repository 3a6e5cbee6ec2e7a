namespace DomainVerification.Dns;

/// <summary>The asking of a zone's servers, begun before there was a session.</summary>
internal readonly struct FirstPoll
{
    private readonly FirstSending _only;
    private readonly ZoneSendings? _all;

    /// <param name="cut">A zone with one server.</param>
    /// <param name="only">What came of asking it.</param>
    public FirstPoll(ZoneCut cut, FirstSending only) => (Cut, _only) = (cut, only);

    /// <param name="cut">A zone with several servers.</param>
    /// <param name="all">What has come of asking them, and is still to come.</param>
    public FirstPoll(ZoneCut cut, ZoneSendings all) => (Cut, _all) = (cut, all);

    /// <summary>The zone.</summary>
    public ZoneCut Cut { get; }

    /// <inheritdoc cref="ZoneSendings.Started"/>
    public long? Started => _all?.Started;

    /// <inheritdoc cref="ZoneSendings.DecidedAt"/>
    public long? DecidedAt => _all?.DecidedAt;

    /// <inheritdoc cref="ZoneSendings.TakeAsync"/>
    public ValueTask<FirstSending> TakeAsync(int index, DnsQuestion question, CancellationToken cancellationToken) =>
        _all is null ? ValueTask.FromResult(_only) : _all.TakeAsync(index, question, cancellationToken);

    /// <summary>Ends what is still to come.</summary>
    public void Release() => _all?.Release();
}
