namespace DomainVerification.Proofs.Internal;

/// <summary>A proof that only some of the zone's servers have.</summary>
internal static class PartlyPublished
{
    /// <param name="record">What is not proved.</param>
    /// <param name="servers">What each server of the zone holds.</param>
    public static ProofDiagnosis? Of(ChallengeRecord record, IReadOnlyList<JudgedServer> servers)
    {
        if (!servers.Any(server => server.IsAhead))
        {
            return null;
        }

        var lack = Names(servers.Where(server => server.View.Status is not null && !server.Holds));
        if (lack.Length == 0)
        {
            // All of them hold it, and differ in something else.
            return null;
        }

        var have = Names(servers.Where(server => server.IsAhead));
        return new ProofDiagnosis(
            ProofDiagnosisCodes.PublishedOnSomeServers,
            $"The record at {record.Name} is published at {have}, but not at {lack}.",
            "Wait until the other servers of the zone have it too. If that takes longer than an hour, ask the DNS provider why they do not.");
    }

    private static string Names(IEnumerable<JudgedServer> servers) =>
        string.Join(", ", servers.Select(server => $"{server.View.HostName} ({server.View.Server.Address})"));
}
