namespace DomainVerification.Dns;

/// <summary>
/// The chain of aliases of one look-up, and the reading of answers along it (RFC 2181, section 10.1; RFC 6672). From an answer section only
/// what hangs on the chain is used: records of other names, wherever they came from, say nothing about the name in the question.
/// </summary>
internal sealed class AliasChain
{
    private static readonly List<DnsAlias> None = [];

    private List<DnsAlias> _aliases = None;
    private DnsQuestion _question;

    public AliasChain(DnsQuestion question)
    {
        _question = question;
        End = question.Name;
    }

    /// <summary>The aliases so far, in order.</summary>
    public IReadOnlyList<DnsAlias> Aliases => _aliases;

    /// <summary>The question at the name at the end of the chain.</summary>
    public DnsQuestion Question => _aliases.Count == 0 ? _question : _question with { Name = End };

    /// <summary>The name at the end of the chain.</summary>
    public DnsName End { get; private set; }

    /// <summary>Begins anew. The list of <see cref="Aliases"/> that was given away stays as it is.</summary>
    public void Begin(DnsQuestion question) => (_aliases, _question, End) = (None, question, question.Name);

    /// <summary>Walks on from <see cref="End"/> as far as the answer section goes.</summary>
    public AliasWalk Follow(IReadOnlyList<DnsRecord> answers)
    {
        while (true)
        {
            AnswerStep step = AnswerStep.Take(answers, End, _question);
            if (step.Fault is not null)
            {
                return new AliasWalk(DnsLookupStatus.BadAlias, [], step.Fault);
            }

            if (step.Data.Count > 0)
            {
                return IsTooLarge(step.Data)
                    ? new AliasWalk(DnsLookupStatus.Malformed, [], "record_set_too_large")
                    : new AliasWalk(DnsLookupStatus.Answered, step.Data, null);
            }

            if (step.Alias is null)
            {
                return new AliasWalk(DnsLookupStatus.NoData, [], null);
            }

            if (_aliases.Count == DnsLookup.MaxAliases)
            {
                return new AliasWalk(DnsLookupStatus.AliasChainTooLong, [], null);
            }

            if (_aliases.Count == 0)
            {
                _aliases = [];
            }

            _aliases.Add(step.Alias);
            if (WasHereBefore(step.Alias.Target))
            {
                return new AliasWalk(DnsLookupStatus.AliasLoop, [], null);
            }

            End = step.Alias.Target;
        }
    }

    private bool WasHereBefore(DnsName name)
    {
        foreach (var alias in _aliases)
        {
            if (alias.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTooLarge(IReadOnlyList<DnsRecord> records)
    {
        var textLength = 0;
        for (var i = 0; i < records.Count; i++)
        {
            textLength += (records[i] as DnsTxtRecord)?.Length ?? 0;
        }

        return records.Count > DnsLookup.MaxRecords || textLength > DnsLookup.MaxTextLength;
    }
}
