namespace DomainVerification.Vendors.Tests.IonosDomains;

/// <summary>The answers that the vendor's pages show, written down by hand.</summary>
internal static class IonosPages
{
    private const string Message =
        "The token provided should be added to the TXT Domain Record, then request to verify the ownership. "
        + "Important: This is the only time the token will be visible to you, so please take note of it now.";

    private const string Changes = """
        "createdDate":"2020-12-10T13:37:50+01:00",
        "createdBy":"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3",
        "createdByUserId":"87f9a82e-b28d-49ed-9d04-fba2c0459cd3",
        "lastModifiedDate":"2020-12-11T13:37:50+01:00",
        "lastModifiedBy":"ionos:identity:::users/87f9a82e-b28d-49ed-9d04-fba2c0459cd3",
        "lastModifiedByUserId":"87f9a82e-b28d-49ed-9d04-fba2c0459cd3",
        "resourceURN":"ionos:<product>:<location>:<contract>:<resource-path>"
        """;

    public const string Requested = $$$"""
        {"id":"5e6323da-8a45-5732-bec1-d7c29c1dc890","type":"domain","href":"/domain/5e6323da-8a45-5732-bec1-d7c29c1dc890",
         "metadata":{{{{Changes}}}},
         "properties":{"token":"9019680770992564882066368772815872312262977566198195","domain":"yourcompany.com",
          "status":"REQUESTED","message":"{{{Message}}}"}}
        """;

    public const string Verified = $$$"""
        {"id":"f181c212-34f1-5843-9bbb-fc2531c7d928","type":"domain","href":"/domains/f181c212-34f1-5843-9bbb-fc2531c7d928",
         "metadata":{{{{Changes}}},"account":123456},
         "properties":{"domain":"yourcompany.com","status":"APPROVED"}}
        """;

    public const string Retrieved = $$$"""
        {"id":"f181c212-34f1-5843-9bbb-fc2531c7d928","type":"domain","href":"/domains/f181c212-34f1-5843-9bbb-fc2531c7d928",
         "metadata":{{{{Changes}}},"account":123456},
         "properties":{"domain":"yourcompany.com","status":"REQUESTED","message":"{{{Message}}}"}}
        """;

    public const string Collection = $$$"""
        {"id":"7d4a3d9d-033d-5794-99e6-d5cfa9516fc4","type":"collection","href":"/domains","items":[{{{Retrieved}}}]}
        """;
}
