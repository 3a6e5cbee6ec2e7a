namespace DomainVerification.Docs.Tests;

internal sealed class LostProofs(IDnsProofChecker checker, ITokenIssuer issuer)
{
    public async Task<IReadOnlyList<DomainName>> FindAsync(IReadOnlyList<DomainClaim> claims, CancellationToken cancellationToken)
    {
        List<ProofRequest> requests =
        [
            .. from claim in claims
               where checker.Methods.Contains(claim.Challenge.Record.Method)
               select new ProofRequest
               {
                   Domain = claim.Domain,
                   Record = claim.Challenge.Record,
                   Token = new TokenMatcher(issuer, claim),
               },
        ];
        var reports = await checker.CheckAllAsync(requests, maxInFlight: 256, cancellationToken);
        return
        [
            .. from pair in requests.Zip(reports)
               where pair.Second.Outcome == ProofOutcome.NotProved
               select pair.First.Domain,
        ];
    }
}
