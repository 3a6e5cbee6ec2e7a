using System.Text.Json.Nodes;
using DomainVerification.AspNetCore.Resources.Internal;

namespace DomainVerification.AspNetCore.Documents.Internal;

/// <summary>An example of each body. Tests hold them against the schemas of the document, and read them as what they are.</summary>
internal static class WireExamples
{
    private const string Id = "019b76da-a800-7f96-ae2e-cbf2a7ffff4a";
    private const string Evidence = """
        {"method":"dns_txt","recordName":"_contoso-challenge.acme.com","server":"192.0.2.53:53","ttlSeconds":300,
         "observedAt":"2026-01-01T09:04:00+00:00"}
        """;

    private const string Proof = $$"""
        {"firstProvedAt":"2026-01-01T09:04:00+00:00","provedAt":"2026-01-01T09:04:00+00:00","evidence":{{Evidence}} }
        """;

    private const string Check = """{"at":"2026-01-01T09:04:00+00:00","outcome":"proved","code":"proved"}""";

    private const string Instructions = """
        {"recordType":"TXT","recordName":"_contoso-challenge.acme.com","relativeName":"_contoso-challenge","zone":"acme.com",
         "recordValue":"token=glkonvfdfm2r273fwteukvghhcvx5x32 expiry=2026-01-08","ttlSeconds":300,
         "expiresAt":"2026-01-08T09:00:00+00:00","text":"To prove that you control acme.com, add this record to the zone acme.com: ..."}
        """;

    private const string Identities = """
        {"identities":[{"id":"mkt-1","kind":"marketing","provisioner":"email","status":"verified","records":[
         {"type":"TXT","name":"s1._domainkey.acme.com","value":"v=DKIM1; k=rsa; p=...","status":"verified","purpose":"dkim"}]}]}
        """;

    private const string Step = """{"provisioner":"email","kind":"provision","state":"done","attempts":1}""";

    private const string Events = $$"""
        {"events":[
         {"id":"fa521e5e-b924-8986-bdcb-fb5ca6997981","type":"requested","version":1,"to":"pending","at":"2026-01-01T09:00:00+00:00",
          "actor":{"kind":"user","id":"jo"} },
         {"id":"8f65a46c-85f9-874a-994d-d27af2aa367a","type":"verified","version":2,"from":"pending","to":"verified",
          "at":"2026-01-01T09:04:00+00:00","actor":{"kind":"user","id":"jo"},"evidence":{{Evidence}} }]}
        """;

    private const string Review = $$"""
        {"claim":"{{Id}}","version":4,"profile":"","domain":"acme.com","claimant":"org-7","claimantProof":{{Proof}},"maskedHolder":"o…",
         "holderClaim":"019b76da-a800-750b-9963-2b60a0f28bfb","holderCheck":{{Check}},"holderEvidence":{{Evidence}},
         "activity":{"lastUsedAt":"2025-12-31T17:00:00+00:00","pendingWork":0,"recentUses":12},"reasons":["incumbent_active"],
         "openedAt":"2026-01-01T09:05:00+00:00","expiresAt":"2026-01-15T09:05:00+00:00","state":"open"}
        """;

    /// <summary>The example of a shape, as an operation reads or answers it; <see langword="null"/> where there is none.</summary>
    public static JsonNode? Of(string operation, Type shape) => Text(operation, shape) is { } text ? JsonNode.Parse(text) : null;

    private static string? Text(string operation, Type shape) => shape.Name switch
    {
        nameof(ClaimRequestBody) => """{"domain":"acme.com","method":"dns_txt"}""",
        nameof(RotateBody) => """{"method":"dns_txt"}""",
        nameof(DecisionBody) => """{"reason":"The claimant has shown the registrar's invoice."}""",
        nameof(ClaimResource) => Claim("claimed"),
        nameof(ClaimAnswer) => operation is "requestClaim" or "rotateClaimToken"
            ? $$"""{"claim":{{Claim("pending")}},"changed":true,"instructions":{{Instructions}} }"""
            : $$"""{"claim":{{Claim(After(operation))}},"changed":true}""",
        nameof(ClaimList) => $$"""{"claims":[{{Claim("claimed")}}],"next":"{{Id}}"}""",
        nameof(ClaimUpdate) => $$"""{"claim":{{Claim("claimed")}},"provisioning":[{"provisioner":"email","state":"done"}]}""",
        nameof(InstructionsResource) => Instructions,
        nameof(IdentityList) => Identities,
        nameof(ProvisioningResource) => $$"""{"status":"claimed","steps":[{{Step}}]}""",
        nameof(EventList) => Events,
        nameof(ReviewResource) => Review,
        nameof(ReviewList) => $$"""{"reviews":[{{Review}}]}""",
        nameof(DecisionAnswer) => Decision(operation),
        _ => null,
    };

    private static string Decision(string operation) => operation == "undoTransfer"
        ? $$"""{"claim":{{Claim("released")}},"restoredClaim":"019b76da-a800-7181-8d02-047d5934aa01"}"""
        : $$"""{"claim":{{Claim("verified")}} }""";

    /// <summary>What a claim is after a change.</summary>
    private static string After(string operation) => operation switch
    {
        "claimDomain" or "confirmClaim" => "claimed",
        "unverifyClaim" => "revoked",
        "cancelClaim" => "canceled",
        _ => "verified",
    };

    private static string Claim(string status)
    {
        var proof = status is "pending" or "canceled" ? string.Empty : $""" "proof":{Proof},"lastCheck":{Check},""";
        return $$"""
            {"id":"{{Id}}","domain":"acme.com","domainUnicode":"acme.com","status":"{{status}}","version":4,
             "challenge":{"method":"dns_txt","recordName":"_contoso-challenge.acme.com","generation":1,
             "issuedAt":"2026-01-01T09:00:00+00:00","expiresAt":"2026-01-08T09:00:00+00:00"},"attempts":0,{{proof}}
             "createdAt":"2026-01-01T09:00:00+00:00","modifiedAt":"2026-01-01T09:05:00+00:00"}
            """;
    }
}
