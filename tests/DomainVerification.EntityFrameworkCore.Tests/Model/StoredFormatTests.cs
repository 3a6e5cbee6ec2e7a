using System.Text.Json;
using DomainVerification.EntityFrameworkCore.Model.Internal;

namespace DomainVerification.EntityFrameworkCore.Tests.Model;

/// <summary>
/// What a released version wrote stays readable: <c>0.1.json</c> is what version 0.1 writes. A later version adds a file and leaves this one
/// alone.
/// </summary>
public sealed class StoredFormatTests
{
    private static readonly string Path = System.IO.Path.Combine(
        RepositoryFiles.Root, "tests", "DomainVerification.EntityFrameworkCore.Tests", "Model", "0.1.json");

    [Fact]
    public async Task Document_ThatVersion01Wrote_IsReadWhole()
    {
        var document = JsonSerializer.Deserialize(await File.ReadAllTextAsync(Path), StoreJson.Text.ClaimDocument)!;

        Assert.Equal(Written(), JsonSerializer.Serialize(document, StoreJson.Text.ClaimDocument));
        Assert.Equal(ProofMethod.DnsCname, document.Challenge.Record.Method);
        Assert.Equal("an old token", Assert.Single(document.SpentTokens).Token.Value);
        Assert.Equal("sel1._domainkey.bücher.example", Assert.Single(document.Identities[0].Records).Name);
        Assert.Equal("quota_exceeded", document.ProvisioningError!.Code);
        Assert.Equal("\0", document.Properties["nul"]);
        Assert.Equal(ClaimActor.System, document.ModifiedBy);
    }

    [Fact]
    public async Task Document_Now_IsWrittenAsVersion01Does() =>
        Assert.Equal((await File.ReadAllTextAsync(Path)).Trim(), Written());

    private static string Written()
    {
        var claim = Samples.Pending(1, "ann");
        return JsonSerializer.Serialize(
            ClaimDocument.Of(claim with
            {
                Challenge = claim.Challenge with
                {
                    Record = claim.Challenge.Record with { Method = ProofMethod.DnsCname, DelegatedName = "x.host.example" },
                },
                SpentTokens = [new SpentToken(1, new StoredToken(StoredTokenSchemes.Sha256, "an old token"))],
                Proof = new ClaimProof(Samples.Now, Samples.Now.AddMilliseconds(7), new ProofEvidence
                {
                    Method = ProofMethod.DnsTxt,
                    RecordName = "_host-challenge.acme.example",
                    Server = "127.0.0.1:53",
                    Aliases = ["alias.example"],
                    TimeToLive = TimeSpan.FromMinutes(5),
                    Generation = 2,
                    ValueDigest = new string('0', 64),
                    ObservedAt = Samples.Now,
                }),
                LastCheck = new ClaimCheck(Samples.Now, ProofOutcome.Inconclusive, ProofDiagnosisCodes.Proved),
                Attempts = 3,
                Rechecks = 4,
                Identities =
                [
                    new ProvisionedIdentity
                    {
                        Id = "1",
                        Kind = "marketing",
                        Records = [new IdentityRecord("MX", "sel1._domainkey.bücher.example", "10 mx.example \"q\"", 10)],
                    },
                ],
                ProvisioningError = new DomainVerificationError("quota_exceeded", "No more."),
                Properties = new Dictionary<string, string> { ["nul"] = "\0", ["Ключ"] = "</script>" },
                ModifiedBy = ClaimActor.System,
            }),
            StoreJson.Text.ClaimDocument);
    }
}
