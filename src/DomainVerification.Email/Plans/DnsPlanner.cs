using DomainVerification.Dns;
using DomainVerification.Email.Plans.Internal;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Email;

/// <summary>Plans by asking a resolver. Thread-safe; keeps nothing between two plans.</summary>
public sealed class DnsPlanner : IDnsPlanner
{
    private readonly IDnsResolver _resolver;
    private readonly IPublicSuffixList _suffixes;
    private readonly TimeProvider _timeProvider;
    private readonly DnsPlannerOptions _options;

    /// <summary>Makes a planner.</summary>
    /// <param name="resolver">Whom to ask.</param>
    /// <param name="suffixes">Tells the registrable domain of a name.</param>
    /// <param name="timeProvider">The clock of the deadline and of <see cref="DnsPlan.CheckedAt"/>.</param>
    /// <param name="options">The bounds of one planning, read once; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The options are not valid; the message holds all of <see cref="DnsPlannerOptions.Validate"/>.
    /// </exception>
    public DnsPlanner(IDnsResolver resolver, IPublicSuffixList suffixes, TimeProvider timeProvider, DnsPlannerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        ArgumentNullException.ThrowIfNull(suffixes);
        ArgumentNullException.ThrowIfNull(timeProvider);
        options ??= new DnsPlannerOptions();
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_resolver, _suffixes, _timeProvider) = (resolver, suffixes, timeProvider);
        _options = new DnsPlannerOptions
        {
            MaximumQueries = options.MaximumQueries,
            MaximumConcurrency = options.MaximumConcurrency,
            Deadline = options.Deadline,
        };
    }

    /// <inheritdoc/>
    public async Task<DnsPlan> PlanAsync(DnsPlanRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequireReportAddress(request.DmarcReportAddress);
        cancellationToken.ThrowIfCancellationRequested();
        var registrable = DnsName.Parse((_suffixes.GetRegistrableDomain(request.Domain) ?? request.Domain).Value);
        var wanted = WantedReader.Read(request.Records, registrable);
        using var queries = new PlanQueries(_resolver, _options, _timeProvider);
        var planner = new RecordPlanner(queries, registrable);
        var checkedAt = _timeProvider.GetUtcNow().ToUniversalTime();

        var advice = request.AdvisesDmarc
            ? await new DmarcAdvice(queries, _suffixes).AdviseAsync(request, cancellationToken).ConfigureAwait(false)
            : (null, []);
        if (advice.Advised is { } advised && !wanted.Any(other => other.IsDmarc))
        {
            wanted = [.. wanted, .. WantedReader.Read([advised], registrable)];
        }

        var planned = wanted.Select(each => planner.PlanAsync(each, wanted, cancellationToken));
        var records = await Task.WhenAll(planned).ConfigureAwait(false);
        var zone = await planner.Zones.FindAsync(DnsName.Parse(request.Domain.Value), cancellationToken).ConfigureAwait(false);
        var problems = planner.Zones.IsUnsure
            ? advice.Problems.Append(PlanProblems.ZoneNotChecked(registrable.ToString()))
            : advice.Problems;
        return new DnsPlan
        {
            Domain = request.Domain,
            Zone = zone.ToString(),
            Records = PlanOrder.Sort(records, zone.ToString()),
            Problems = PlanOrder.Sort(problems),
            CheckedAt = checkedAt,
        };
    }

    private static void RequireReportAddress(string? address)
    {
        var at = address?.LastIndexOf('@') ?? 1;
        if (at < 1 || address?.All(c => c is > ' ' and <= '~' and not (',' or ';' or '!' or '%' or '?' or '"')) == false)
        {
            throw new ArgumentException("The DMARC report address is no plain ASCII e-mail address.", nameof(address));
        }

        if (address is not null && !DomainName.TryParse(address[(at + 1)..], out _))
        {
            throw new ArgumentException("The DMARC report address does not end in a domain name.", nameof(address));
        }
    }
}
