using static DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Tests.Proofs;

public class DnsAliasProofTests
{
    private const string Target = "k3y.dcv.host.example";
    private readonly CheckWorld _world = new();

    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyz234567.verify.host.example.")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567.Verify.Host.EXAMPLE.")]
    public async Task Cname_TargetHoldsTheToken_IsProvedInAnyCase(string target)
    {
        _world.Record = CnameRecord();
        _world.Zone.Cname(CheckWorld.Name, target);

        await _world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Theory]
    [InlineData("other.verify.host.example.", ValueMismatch)]
    [InlineData("abcdefghijklmnopqrstuvwxyz234567.verify.evil.example.", ValueMismatch)]
    [InlineData("x.abcdefghijklmnopqrstuvwxyz234567.verify.host.example.", ValueMismatch)]
    [InlineData("abcdefghijklmnopqrstuvwxyz234567.verify.host.example.evil.example.", ValueMismatch)]
    [InlineData("verify.host.example.", ValueMismatch)]
    public async Task Cname_OtherTarget_IsAMismatch(string target, string code)
    {
        _world.Record = CnameRecord();
        _world.Zone.Cname(CheckWorld.Name, target);

        await _world.AssertAsync(ProofOutcome.NotProved, code);
    }

    [Fact]
    public async Task Cname_TokenAtTheSecondHop_IsNotFound()
    {
        _world.Record = CnameRecord();
        _world.Zone.Cname(CheckWorld.Name, "hop.example.com.").Cname("hop", CheckWorld.Token + ".verify.host.example.");

        await _world.AssertAsync(ProofOutcome.NotProved, ValueMismatch);
    }

    [Fact]
    public async Task Cname_TxtInstead_IsNotFound()
    {
        _world.Record = CnameRecord();
        _world.Zone.Txt(CheckWorld.Name, CheckWorld.Token + ".verify.host.example");

        await _world.AssertAsync(ProofOutcome.NotProved, RecordNotFound);
    }

    [Fact]
    public async Task Delegation_AliasToThatName_IsProvedByTheHostsRecord()
    {
        Delegate(Target + ".");
        _world.Dns.Zone("dcv.host.example").Txt("k3y", "token=" + CheckWorld.Token);

        await _world.AssertAsync(ProofOutcome.Proved, Proved);
    }

    [Fact]
    public async Task Delegation_AliasElsewhereWithTheToken_IsNotAccepted()
    {
        Delegate("0ther.dcv.host.example.");
        _world.Dns.Zone("dcv.host.example").Txt("k3y", "token=" + CheckWorld.Token).Txt("0ther", "token=" + CheckWorld.Token);

        await _world.AssertAsync(ProofOutcome.NotProved, DelegationMismatch);
    }

    [Fact]
    public async Task Delegation_AliasByADetour_IsNotAccepted()
    {
        Delegate("hop.example.com.");
        _world.Zone.Cname("hop", Target + ".");
        _world.Dns.Zone("dcv.host.example").Txt("k3y", "token=" + CheckWorld.Token);

        await _world.AssertAsync(ProofOutcome.NotProved, DelegationMismatch);
    }

    [Fact]
    public async Task Delegation_TokenWithoutAlias_IsNotAccepted()
    {
        Delegate(null);
        _world.Zone.Txt(CheckWorld.Name, "token=" + CheckWorld.Token);

        await _world.AssertAsync(ProofOutcome.NotProved, DelegationMismatch);
    }

    [Fact]
    public async Task Delegation_NothingPublished_AsksForTheAlias()
    {
        Delegate(null);

        var diagnosis = (await _world.CheckAsync()).Diagnosis;

        Assert.Equal(RecordNotFound, diagnosis.Code);
        Assert.Contains("CNAME", diagnosis.Fix, StringComparison.Ordinal);
        Assert.Contains(Target, diagnosis.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delegation_AliasToAMissingName_IsAMismatch()
    {
        Delegate("typo.dcv.host.example.");
        _world.Dns.Zone("dcv.host.example").Txt("k3y", "token=" + CheckWorld.Token);

        await _world.AssertAsync(ProofOutcome.NotProved, DelegationMismatch);
    }

    [Fact]
    public async Task Delegation_AliasRightAndHostsRecordMissing_DoesNotSendTheCustomerToFixWhatIsRight()
    {
        Delegate(Target + ".");
        _world.Dns.Zone("dcv.host.example");

        var diagnosis = (await _world.CheckAsync()).Diagnosis;

        Assert.Equal(RecordNotFound, diagnosis.Code);
        Assert.Contains(Target, diagnosis.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Publish the CNAME", diagnosis.Fix, StringComparison.Ordinal);
    }

    private static ChallengeRecord CnameRecord() => new()
    {
        Method = ProofMethod.DnsCname,
        Name = CheckWorld.Name.TrimEnd('.'),
        ValueFormat = "{token}.verify.host.example",
    };

    private void Delegate(string? alias)
    {
        _world.Record = _world.Record with { DelegatedName = Target };
        if (alias is not null)
        {
            _world.Zone.Cname(CheckWorld.Name, alias);
        }
    }
}
