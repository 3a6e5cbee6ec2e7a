namespace DomainVerification.Vendors.Tests.WebexDomains;

/// <summary>The answers that the vendor's pages show, written down by hand.</summary>
internal static class WebexPages
{
    public const string Token = """
        {"domain":"cisco.com","token":"f5014515-6559-4a30-9d68-0deb028f27b7","verificationMethod":"DNS_TXT",
         "url":"https://identity.webex.com/organization/bf732c85-68ca-4867-94e4-937286ad2fd4/v1/actions/DomainVerification/GetToken/invoke"}
        """;

    public const string Verified = """
        {"verifiedDomains":["cisco.com","webex.com"],"claimedDomains":["cisco.com","webex.com"],
         "url":"https://identity.webex.com/organization/bf732c85-68ca-4867-94e4-937286ad2fd4/v1/actions/DomainVerification/Verify/invoke"}
        """;

    public const string Unverified = """
        {"verifiedDomains":["cisco.com","webex.com"],"claimedDomains":["cisco.com","webex.com"],
         "url":"https://identity.webex.com/organization/bf732c85-68ca-4867-94e4-937286ad2fd4/v1/actions/DomainVerification/Unverify/invoke"}
        """;

    public const string Claimed = """
        {"data":[{"domain":"cisco.com",
          "url":"https://identity.webex.com/organizations/bf732c85-68ca-4867-94e4-937286ad2fd4/v1/domains/ZXhhbXBsZTMuY29t"}]}
        """;
}
