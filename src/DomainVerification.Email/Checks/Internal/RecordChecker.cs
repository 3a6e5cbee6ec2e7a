using DomainVerification.Dns;
using DomainVerification.Email.Status.Internal;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Email.Checks.Internal;

/// <summary>Looks for the records of identities in DNS, so many at a time for the whole process.</summary>
internal sealed class RecordChecker(IDnsResolver resolver, IPublicSuffixList suffixes) : IDisposable
{
    private const int MaximumLookups = 32;

    private readonly SemaphoreSlim _lookups = new(MaximumLookups);

    public async Task<IReadOnlyDictionary<RecordKey, Sight>> LookAsync(
        DomainName domain,
        IEnumerable<RecordKey> wanted,
        CancellationToken cancellationToken)
    {
        var keys = wanted.Distinct().ToList();
        var sights = await Task.WhenAll(keys.Select(key => LookAsync(domain, key, cancellationToken))).ConfigureAwait(false);
        return keys.Zip(sights).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    public void Dispose() => _lookups.Dispose();

    private async Task<Sight> LookAsync(DomainName domain, RecordKey wanted, CancellationToken cancellationToken)
    {
        var type = wanted.Purpose switch
        {
            SendingRecordPurpose.MailFromMx => DnsRecordType.MX,
            SendingRecordPurpose.Tracking => DnsRecordType.CNAME,
            _ => DnsRecordType.TXT,
        };
        var lookup = await ResolveAsync(wanted.Name, type, cancellationToken).ConfigureAwait(false);
        var sight = RecordJudge.Judge(wanted, lookup);
        return sight.Problem?.Code switch
        {
            RecordProblemCodes.NotFound when wanted.Purpose == SendingRecordPurpose.Dmarc =>
                await LookAboveAsync(domain, wanted, sight, cancellationToken).ConfigureAwait(false),
            RecordProblemCodes.NotFound =>
                await LookForDoubledAsync(domain, wanted, lookup, sight, cancellationToken).ConfigureAwait(false),
            _ => sight,
        };
    }

    /// <summary>A domain without a policy of its own has that of its registrable domain (RFC 7489, section 6.6.3).</summary>
    private async Task<Sight> LookAboveAsync(DomainName domain, RecordKey wanted, Sight sight, CancellationToken cancellationToken)
    {
        if (suffixes.GetRegistrableDomain(domain) is not { } above || above == domain)
        {
            return sight;
        }

        var lookup = await ResolveAsync($"_dmarc.{above.Value}", DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        return RecordJudge.Judge(wanted, lookup).Kind switch
        {
            SightKind.Found => Sight.Found,
            SightKind.Unknown => RecordProblems.OfFailure(wanted, lookup)!,
            _ => sight,
        };
    }

    private async Task<Sight> LookForDoubledAsync(
        DomainName domain,
        RecordKey wanted,
        DnsLookup lookup,
        Sight sight,
        CancellationToken cancellationToken)
    {
        // An editor adds its zone: the registrable domain, unless a claimed sub-domain is a zone of its own.
        foreach (var zone in new[] { domain, suffixes.GetRegistrableDomain(domain) ?? domain }.Distinct())
        {
            var doubled = $"{wanted.Name}.{zone.Value}";
            if (!DnsName.TryParse(doubled, out _))
            {
                continue;
            }

            var there = await ResolveAsync(doubled, lookup.Question.Type, cancellationToken).ConfigureAwait(false);
            if (RecordJudge.Judge(wanted, there).Kind == SightKind.Found)
            {
                return RecordProblems.Doubled(wanted, lookup, doubled);
            }
        }

        return sight;
    }

    private async Task<DnsLookup> ResolveAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        await _lookups.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await resolver.ResolveAsync(new DnsQuestion(DnsName.Parse(name), type), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _lookups.Release();
        }
    }
}
