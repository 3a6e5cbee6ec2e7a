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
        Assert.Equal(("mail", "quota_exceeded"), (document.Provisioning[1].Provisioner, document.Provisioning[1].Error!.Code));
        Assert.Equal((TransferState.Rejected, 7L), (document.Transfer!.State, document.Transfer.Holder!.Epoch));
        Assert.Equal(new ClaimHealth(ProofHealth.AtRisk, Samples.Now, 2, Samples.Now.AddHours(-1)), document.Health);
        Assert.Equal("\0", document.Properties["nul"]);
        Assert.Equal(ClaimActor.System, document.ModifiedBy);
    }

    [Fact]
    public async Task Document_Now_IsWrittenAsVersion01Does() =>
        Assert.Equal((await File.ReadAllTextAsync(Path)).Trim(), Written());

    [Fact]
    public void Document_WithoutWhatLaterVersionsAdded_HasItsInitialValues()
    {
        var claim = Rows.Claim(Row("""
            {"challenge":{"record":{"method":"DnsTxt","name":"_c.acme.example","valueFormat":"{token}"},
            "token":{"scheme":"clear","value":"t"},"generation":1,"issuedAt":"2026-01-01T00:00:00Z"},
            "createdBy":{"kind":"User","id":"ann"},"modifiedBy":{"kind":"System","id":"system"}}
            """));

        Assert.Empty(claim.SpentTokens);
        Assert.Empty(claim.Identities);
        Assert.Empty(claim.Provisioning);
        Assert.Empty(claim.Properties);
        Assert.Equal((null, null, null), (claim.Transfer, claim.Health, claim.ProvisioningError));
    }

    [Fact]
    public void Document_WithPartsThatLackWhatLaterVersionsAdded_HasItsInitialValues()
    {
        var claim = Rows.Claim(Row("""
            {"challenge":{"record":{"method":"DnsTxt","name":"_c.acme.example","valueFormat":"{token}"},
            "token":{"scheme":"clear","value":"t"},"generation":1,"issuedAt":"2026-01-01T00:00:00Z"},
            "identities":[{"id":"1","kind":"marketing"}],"provisioning":[{"provisioner":"mail"}],
            "transfer":{"state":"Waiting","openedAt":"2026-01-01T00:00:00Z",
            "holder":{"claimId":{"value":"00000002-0000-0000-0000-000000000001"},"epoch":7}},
            "health":{"state":"Healthy","since":"2026-01-01T00:00:00Z"},
            "createdBy":{"kind":"User","id":"ann"},"modifiedBy":{"kind":"System","id":"system"}}
            """));

        var identity = Assert.Single(claim.Identities);
        Assert.Equal(string.Empty, identity.Provisioner);
        Assert.Empty(identity.Records);
        Assert.Equal(new ProvisioningStep("mail"), Assert.Single(claim.Provisioning));
        Assert.Empty(claim.Transfer!.Reasons);
        Assert.Equal((7, HolderActivity.Unknown), (claim.Transfer.Holder!.Epoch, claim.Transfer.Holder.Activity));
        Assert.Equal(new ClaimHealth(ProofHealth.Healthy, Samples.Now), claim.Health);
    }

    [Fact]
    public void Work_WhoseIdentitiesLackWhatLaterVersionsAdded_HasItsInitialValues()
    {
        var work = Rows.Work(new WorkRow
        {
            Kind = nameof(ClaimWorkKind.Release),
            Owner = "ann",
            Domain = "acme.example",
            Identities = """[{"id":"1","kind":"marketing"},{"id":"2","kind":"marketing","provisioner":"mail","records":[]}]""",
        });

        Assert.Equal(["", "mail"], work.Identities.Select(identity => identity.Provisioner));
        Assert.All(work.Identities, identity => Assert.Empty(identity.Records));
    }

    private static ClaimRow Row(string data) =>
        new() { Owner = "ann", Domain = "acme.example", Status = nameof(ClaimStatus.Pending), Version = 1, Data = data };

    private static string Written()
    {
        var claim = Samples.Pending(1, "ann");
        var evidence = new ProofEvidence
        {
            Method = ProofMethod.DnsTxt,
            RecordName = "_host-challenge.acme.example",
            Server = "127.0.0.1:53",
            Aliases = ["alias.example"],
            TimeToLive = TimeSpan.FromMinutes(5),
            Generation = 2,
            ValueDigest = new string('0', 64),
            ObservedAt = Samples.Now,
        };
        return JsonSerializer.Serialize(
            ClaimDocument.Of(claim with
            {
                Challenge = claim.Challenge with
                {
                    Record = claim.Challenge.Record with { Method = ProofMethod.DnsCname, DelegatedName = "x.host.example" },
                },
                SpentTokens = [new SpentToken(1, new StoredToken(StoredTokenSchemes.Sha256, "an old token"))],
                Proof = new ClaimProof(Samples.Now, Samples.Now.AddMilliseconds(7), evidence),
                LastCheck = new ClaimCheck(Samples.Now, ProofOutcome.Inconclusive, ProofDiagnosisCodes.Proved),
                Attempts = 3,
                Rechecks = 4,
                Identities =
                [
                    new ProvisionedIdentity
                    {
                        Id = "1",
                        Kind = "marketing",
                        Provisioner = "mail",
                        Records = [new IdentityRecord("MX", "sel1._domainkey.bücher.example", "10 mx.example \"q\"", 10)],
                    },
                ],
                Provisioning =
                [
                    new ProvisioningStep(string.Empty, ProvisioningStepState.Done),
                    new ProvisioningStep("mail", ProvisioningStepState.Failed, new DomainVerificationError("quota_exceeded", "No more.")),
                ],
                Transfer = new ClaimTransfer
                {
                    State = TransferState.Rejected,
                    OpenedAt = Samples.Now,
                    Reasons = [TransferReasons.RecentActivity],
                    Until = Samples.Now.AddDays(3),
                    Verdict = new TransferVerdict(ClaimActor.User("eve"), Samples.Now.AddDays(1), "Nö."),
                    Holder = new TransferHolder(
                        new ClaimId(new Guid(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])),
                        7,
                        new HolderActivity { LastUsedAt = Samples.Now.AddDays(-1), PendingWork = 3, RecentUses = 4000 },
                        new ClaimCheck(Samples.Now, ProofOutcome.Proved, ProofDiagnosisCodes.Proved),
                        evidence),
                },
                Health = new ClaimHealth(ProofHealth.AtRisk, Samples.Now, 2, Samples.Now.AddHours(-1)),
                Properties = new Dictionary<string, string> { ["nul"] = "\0", ["Ключ"] = "</script>" },
                ModifiedBy = ClaimActor.System,
            }),
            StoreJson.Text.ClaimDocument);
    }
}
