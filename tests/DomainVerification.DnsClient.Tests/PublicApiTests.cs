using DomainVerification.Packages.Tests.PublicApi;

namespace DomainVerification.DnsClient.Tests;

public class PublicApiTests
{
    [Fact]
    public void PublicApi_Always_IsWhatWasApproved() => ApprovedApi.Check("DomainVerification.DnsClient");
}
