using DomainVerification.Dns;
using DomainVerification.Email.Plans.Internal;

namespace DomainVerification.Email.Plans.Spf.Internal;

/// <summary>
/// Counts the look-ups of one SPF record by following it, as a receiver does whose sender matches nothing before the end. Used once.
/// </summary>
internal sealed class SpfLookupCounter(PlanQueries queries)
{
    // Beyond the limit the exact number matters to nobody, and a hostile tree of includes has no end.
    private const int Enough = 40;

    private readonly List<DnsName> _path = [];
    private readonly List<string> _broken = [];
    private int _lookups;
    private int _voids;
    private string? _loop;
    private bool _isComplete = true;

    public async Task<SpfLookupCount> CountAsync(SpfRecord record, DnsName name, CancellationToken cancellationToken)
    {
        await WalkAsync(record, name, cancellationToken).ConfigureAwait(false);
        return new SpfLookupCount
        {
            Lookups = _lookups,
            Voids = _voids,
            Broken = _broken,
            Loop = _loop,
            IsComplete = _isComplete,
        };
    }

    private async Task WalkAsync(SpfRecord record, DnsName name, CancellationToken cancellationToken)
    {
        _path.Add(name);
        foreach (var term in record.Tried.Where(term => term.TakesLookup))
        {
            await TakeAsync(term, name, cancellationToken).ConfigureAwait(false);
        }

        if (record.Redirect is { } redirect)
        {
            await TakeAsync(redirect, name, cancellationToken).ConfigureAwait(false);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private async Task TakeAsync(SpfTerm term, DnsName name, CancellationToken cancellationToken)
    {
        if (_lookups >= Enough)
        {
            _isComplete = false;
            return;
        }

        _lookups++;
        var leadsOn = term.Kind is SpfTermKind.Include or SpfTermKind.Redirect;
        var target = name;
        if (term.HasMacro || (term.Domain is { } domain && !DnsName.TryParse(domain, out target)))
        {
            // What the name is depends on the message. Only an included record can add further look-ups.
            _isComplete &= !leadsOn;
            return;
        }

        if (leadsOn)
        {
            await FollowAsync(target!, cancellationToken).ConfigureAwait(false);
        }
        else if (term.Kind != SpfTermKind.Ptr)
        {
            await CountVoidAsync(term.Kind, target!, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FollowAsync(DnsName target, CancellationToken cancellationToken)
    {
        if (_path.Contains(target))
        {
            _loop ??= target.ToString();
            return;
        }

        var lookup = await queries.AskAsync(target, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        if (!lookup.IsKnown())
        {
            _isComplete = false;
            return;
        }

        var texts = lookup.Texts().Where(SpfRecord.IsSpf).ToList();
        _voids += lookup!.Records.Count == 0 ? 1 : 0;
        if (texts.Count == 1 && SpfParser.TryParse(texts[0], out var record, out _))
        {
            await WalkAsync(record, target, cancellationToken).ConfigureAwait(false);
        }
        else if (!_broken.Contains(target.ToString()))
        {
            _broken.Add(target.ToString());
        }
    }

    /// <summary>A receiver asks for addresses of the sender's family; void is what has none of either.</summary>
    private async Task CountVoidAsync(SpfTermKind kind, DnsName target, CancellationToken cancellationToken)
    {
        var type = kind == SpfTermKind.Mx ? DnsRecordType.MX : DnsRecordType.A;
        var lookup = await queries.AskAsync(target, type, cancellationToken).ConfigureAwait(false);
        if (kind == SpfTermKind.A && lookup is { Status: DnsLookupStatus.NoData })
        {
            lookup = await queries.AskAsync(target, DnsRecordType.AAAA, cancellationToken).ConfigureAwait(false);
        }

        _voids += lookup is { Status: DnsLookupStatus.NoData or DnsLookupStatus.NxDomain } ? 1 : 0;
    }
}
