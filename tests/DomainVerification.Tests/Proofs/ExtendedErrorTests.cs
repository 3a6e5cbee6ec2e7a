using DomainVerification.Dns;

namespace DomainVerification.Tests.Proofs;

/// <summary>What a server says of its failure beside the code (RFC 8914), as the customer reads it.</summary>
public class ExtendedErrorTests
{
    [Theory]
    [InlineData("extended_error_7", "(SERVFAIL): its DNSSEC signatures have expired.")]
    [InlineData("extended_error_22", "(SERVFAIL): no name server of the zone could be reached.")]
    [InlineData("extended_error_49151", "(SERVFAIL).")]
    [InlineData("extended_error_", "(SERVFAIL).")]
    [InlineData("referral", "(SERVFAIL).")]
    [InlineData(null, "(SERVFAIL).")]
    public async Task ServerFailure_SaysWhatTheServerSaid(string? detail, string end)
    {
        var report = await new CheckWorld().CheckAsync(new FailingResolver(detail));

        Assert.Equal(ProofDiagnosisCodes.ServerFailure, report.Diagnosis.Code);
        Assert.EndsWith(end, report.Diagnosis.Message, StringComparison.Ordinal);
    }

    private sealed class FailingResolver(string? detail) : IDnsResolver
    {
        public ValueTask<DnsLookup> ResolveAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            var server = DnsServerEndpoint.Parse("192.0.2.53");
            var attempt = new DnsAttempt(server, DnsTransportKind.Udp, question, DnsExchangeOutcome.Answered, TimeSpan.Zero)
            {
                ResponseCode = DnsResponseCode.ServerFailure,
                Detail = detail,
            };
            return ValueTask.FromResult(new DnsLookup
            {
                Status = DnsLookupStatus.ServerFailure,
                Question = question,
                Attempts = [attempt],
            });
        }
    }
}
