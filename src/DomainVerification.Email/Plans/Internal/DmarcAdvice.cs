using DomainVerification.PublicSuffixes;
using Level = DomainVerification.Email.PlanProblemLevel;

namespace DomainVerification.Email.Plans.Internal;

/// <summary>Advises a first DMARC record and checks the alignment of senders. Never touches a record that is there.</summary>
internal sealed class DmarcAdvice(PlanQueries queries, IPublicSuffixList suffixes)
{
    /// <summary>The record to advise, where the domain has none; and what is wrong.</summary>
    public async Task<(WantedRecord? Advised, IReadOnlyList<PlanProblem> Problems)> AdviseAsync(
        DnsPlanRequest request, CancellationToken cancellationToken)
    {
        var policy = await DmarcPolicy.FindAsync(queries, suffixes, request.Domain, cancellationToken).ConfigureAwait(false);
        List<PlanProblem> problems = policy.Problem is { } problem ? [problem] : [];
        foreach (var sender in request.Senders)
        {
            problems.AddRange(await MisalignmentsAsync(sender, cancellationToken).ConfigureAwait(false));
        }

        var advised = policy.State == DmarcState.Missing ? Advised(request, policy) : null;
        return (advised, [.. problems.Distinct()]);
    }

    private static WantedRecord Advised(DnsPlanRequest request, DmarcPolicy policy) => new()
    {
        Record = new IdentityRecord(
            "TXT",
            policy.Name.ToString(),
            request.DmarcReportAddress is { } address ? $"v=DMARC1; p=none; rua=mailto:{address}" : "v=DMARC1; p=none;"),
        Purpose = PlanPurposes.Dmarc,
        IsOptional = true,
    };

    private async Task<IReadOnlyList<PlanProblem>> MisalignmentsAsync(PlannedSender sender, CancellationToken cancellationToken)
    {
        var policy = await DmarcPolicy.FindAsync(queries, suffixes, sender.FromDomain, cancellationToken).ConfigureAwait(false);
        if (policy.State == DmarcState.Unknown)
        {
            return [];
        }

        var record = policy.Record ?? DmarcRecord.Default;
        var dkim = Aligns(sender.DkimDomain, sender.FromDomain, record.IsStrictDkim);
        var spf = Aligns(sender.MailFromDomain, sender.FromDomain, record.IsStrictSpf);

        // One that passes is enough (RFC 7489, section 4.2).
        var level = dkim == true || spf == true ? Level.Note : record.IsEnforced ? Level.Error : Level.Warning;
        List<PlanProblem> problems = [];
        if (dkim == false)
        {
            problems.Add(DmarcProblems.DkimMisaligned(sender, record.IsStrictDkim, level));
        }

        if (spf == false)
        {
            problems.Add(DmarcProblems.SpfMisaligned(sender, record.IsStrictSpf, level));
        }

        return problems;
    }

    private bool? Aligns(DomainName? used, DomainName from, bool isStrict)
    {
        if (used is null)
        {
            return null;
        }

        return used == from || (!isStrict && Organisation(used) == Organisation(from));
    }

    private DomainName Organisation(DomainName domain) => suffixes.GetRegistrableDomain(domain) ?? domain;
}
