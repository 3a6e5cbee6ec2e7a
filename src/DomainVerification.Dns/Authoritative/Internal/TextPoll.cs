namespace DomainVerification.Dns;

/// <summary>
/// Whether the servers of a zone that speak all hold the same lone text, as their replies come in. Not safe to use from several threads.
/// </summary>
internal struct TextPoll(ZoneCut cut)
{
    private LoneText _text;
    private uint _hosts;
    private int _pending = cut.Servers.Count;
    private bool _isContradicted;

    /// <summary>Whether the others had their moment, so that who was not awaited contradicts nobody.</summary>
    public bool IsGraceOver { get; set; }

    /// <summary>Whether nothing is still to come.</summary>
    public readonly bool IsComplete => _pending == 0;

    /// <summary>Whether it ends with the replies so far: all have come, or one says anything else than a text that all hold.</summary>
    public readonly bool IsOver => _isContradicted || IsComplete;

    /// <summary>Whether all who spoke hold the same text.</summary>
    public readonly bool IsUnanimous => !_isContradicted && !_text.IsNone;

    /// <summary>Whether more than half of the host names hold the text.</summary>
    public readonly bool IsDecided => cut.Hosts.IsMajority(_hosts);

    /// <summary>Takes in what came of a sending.</summary>
    public void Hear(ZoneSending sending)
    {
        _pending--;
        if (sending.Reply.Text is { IsNone: false } text)
        {
            _text = _text.IsNone ? text : _text;
            _isContradicted |= !text.Data.Span.SequenceEqual(_text.Data.Span);
            _hosts |= cut.Hosts.BitOf(sending.Index);
        }
        else
        {
            // Who cannot be reached is not asked again, and has no say.
            var isUnreachable = sending.Reply.Exchange is { Outcome: DnsExchangeOutcome.Unreachable };
            _isContradicted |= !isUnreachable && !(IsGraceOver && sending.IsCancelled);
        }
    }
}
