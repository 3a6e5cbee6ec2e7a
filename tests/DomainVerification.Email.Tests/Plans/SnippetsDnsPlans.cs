using DomainVerification.Dns;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Email.Tests.Plans;

internal static class SnippetsDnsPlans
{
    public static async Task<DnsPlan> PlanAsync(
        IDnsResolver resolver,
        IPublicSuffixList suffixes,
        TimeProvider timeProvider,
        ChallengeInstructions instructions,
        ProvisionedIdentity identity,
        CancellationToken cancellationToken)
    {
        IDnsPlanner planner = new DnsPlanner(resolver, suffixes, timeProvider);

        var acme = DomainName.Parse("acme.com");
        var plan = await planner.PlanAsync(
            new DnsPlanRequest
            {
                Domain = acme,
                Records = [WantedRecord.FromChallenge(instructions), .. WantedRecord.FromIdentity(identity)],
                Senders = [new PlannedSender(FromDomain: acme, DkimDomain: acme, MailFromDomain: DomainName.Parse("send.acme.com"))],
            },
            cancellationToken);

        Console.WriteLine(plan.ToText());
        return plan;
    }
}
