using DomainVerification.Dns;

namespace DomainVerification.AspNetCore.Health.Internal;

/// <summary>
/// Asks each DNS server by itself, so that one that is down shows before the next one is too; a resolver of the host's own is asked as a
/// whole.
/// </summary>
internal sealed class ResolversPart(IDnsResolver resolver) : HealthPart
{
    public override DomainVerificationHealthParts Part => DomainVerificationHealthParts.Resolvers;

    public override string Key => "resolvers";

    public override string FaultedCode => DomainVerificationHealthCodes.ResolversFaulted;

    public override string TimedOutCode => DomainVerificationHealthCodes.ResolversTimedOut;

    public override async Task<PartReport> LookAsync(DomainVerificationHealthOptions options, CancellationToken cancellationToken)
    {
        var question = new DnsQuestion(DnsName.Parse(options.ResolverQuestion), DnsRecordType.NS);
        var looks = resolver is ConfiguredServersResolver servers
            ? servers.Servers.Select(server => AskAsync($"{server}", servers.ResolveAtAsync(server, question, cancellationToken)))
            : [AskAsync("the resolver", resolver.ResolveAsync(question, cancellationToken))];
        var answers = (await Task.WhenAll(looks).ConfigureAwait(false)).SelectMany(answer => answer).ToList();

        var silent = answers.Where(answer => !IsDefinite(answer.Status)).ToList();
        var report = silent.Count == 0 ? PartReport.Well()
            : silent.Count < answers.Count ? PartReport.Degraded(DomainVerificationHealthCodes.ResolversPartlyUnanswering)
            : PartReport.Failed(DomainVerificationHealthCodes.ResolversUnanswering);
        return report with
        {
            Figures = new Dictionary<string, long> { ["asked"] = answers.Count, ["answering"] = answers.Count - silent.Count },
            Detail = string.Join(", ", silent.Select(answer => $"{answer.Who}: {answer.Status}")),
        };
    }

    private static async Task<IReadOnlyList<(string Who, DnsLookupStatus Status)>> AskAsync(string who, ValueTask<DnsLookup> look)
    {
        var lookup = await look.ConfigureAwait(false);
        return lookup.Source == DnsAnswerSource.ResolversInstead
            ? [("the servers of zones", DnsLookupStatus.Unreachable), ("the resolvers", lookup.Status)]
            : [(who, lookup.Status)];
    }

    private static bool IsDefinite(DnsLookupStatus status) => status is
        DnsLookupStatus.Answered or DnsLookupStatus.NoData or DnsLookupStatus.NxDomain or
        DnsLookupStatus.AliasLoop or DnsLookupStatus.AliasChainTooLong or DnsLookupStatus.BadAlias;
}
