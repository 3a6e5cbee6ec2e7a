using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

public abstract partial class ClaimStoreConformanceTests
{
    private const string OrdinalKeys = "Profiles and owners are compared ordinally.";

    /// <summary>Names that differ in case only are two names.</summary>
    [Contract(OrdinalKeys, Where = "IClaimStore; DomainClaim.Owner")]
    public Task Keys_ThatDifferInCase_AreDifferent() => AssertKeysDifferAsync(("ann", "ANN"), ("i", "\u0130"), ("\u00e9", "\u00c9"));

    /// <summary>Names that differ in white space around them are two names.</summary>
    [Contract(OrdinalKeys, Where = "IClaimStore; DomainClaim.Owner")]
    public Task Keys_ThatDifferInSpace_AreDifferent() => AssertKeysDifferAsync(("ann", "ann "), ("bob", " bob"), ("cyd", "cyd\t"));

    /// <summary>Names that look alike and differ in their code points are two names.</summary>
    [Contract(OrdinalKeys, Where = "IClaimStore; DomainClaim.Owner")]
    public Task Keys_ThatDifferInUnicodeForm_AreDifferent() =>
        AssertKeysDifferAsync(("\u00e9", "e\u0301"), ("\u00df", "ss"), ("a", "\uff41"), ("b", "b\u200d"));

    /// <summary>Names are no patterns.</summary>
    [Contract(OrdinalKeys, Where = "IClaimStore; DomainClaim.Owner")]
    public Task Keys_WithWildcards_MatchThemselvesOnly() =>
        AssertKeysDifferAsync(("a_b", "axb"), ("a%", "abc"), ("[a-z]", "a"), ("*", "c"));

    /// <summary>The longest names are told apart by their last character.</summary>
    [Contract(
        "Owners of up to DomainClaim.MaximumOwnerLength characters are kept whole and compared ordinally.",
        Where = "DomainClaim.Owner")]
    public Task Keys_OfFullLength_AreComparedToTheirEnd()
    {
        var text = string.Concat(Enumerable.Repeat("\ud83d\ude00", (DomainClaim.MaximumOwnerLength / 2) - 1));
        return AssertKeysDifferAsync((text + "aa", text + "ab"));
    }

    /// <summary>Spellings of one domain are one domain.</summary>
    [Contract("Domains are compared by DomainName.Value.", Where = "IClaimStore")]
    public async Task Keys_SpellingsOfADomain_AreOne()
    {
        var claim = Sample.Claim(1, "ann", "b\u00fccher.example") with { Status = ClaimStatus.Claimed, Epoch = 1 };
        await PutAsync(claim);
        var spelled = Sample.Name("XN--BCHER-KVA.Example");

        FieldList.AssertSame(claim, await Store.FindNewestAsync(string.Empty, "ann", spelled, default));
        FieldList.AssertSame(new DomainHolding(1, claim), await Store.FindHoldingAsync(string.Empty, spelled, default));
        Assert.Single((await Store.ListAsync(new ClaimQuery { Domain = spelled }, default)).Claims);
    }

    /// <summary>A domain is not the domains below it.</summary>
    [Contract("Domains are compared by DomainName.Value: as a whole.", Where = "IClaimStore")]
    public async Task Keys_DomainsBelow_AreOtherDomains()
    {
        await PutAsync(Sample.Claim(1, "ann", "a.acme.example"), Sample.Claim(2, "ann", "acme.example"));

        Assert.Equal(Sample.Id(2), (await Store.FindNewestAsync(string.Empty, "ann", Sample.Name("acme.example"), default))?.Id);
        Assert.Single((await Store.ListAsync(new ClaimQuery { Domain = Sample.Name("acme.example") }, default)).Claims);
    }

    private async Task AssertKeysDifferAsync(params (string One, string Other)[] pairs)
    {
        for (var i = 0; i < pairs.Length; i++)
        {
            await AssertOwnersDifferAsync(10 * (i + 1), $"owners-{i}.example", pairs[i].One, pairs[i].Other);
            await AssertProfilesDifferAsync((10 * (i + 1)) + 5, $"profiles-{i}.example", pairs[i].One, pairs[i].Other);
        }
    }

    private async Task AssertOwnersDifferAsync(int number, string domain, string one, string other)
    {
        var (first, second) = (Sample.Claim(number, one, domain), Sample.Claim(number + 1, other, domain));
        await PutAsync(first);
        Assert.Null(await Store.FindNewestAsync(string.Empty, other, first.Domain, default));
        Assert.Empty((await Store.ListAsync(new ClaimQuery { Owner = other, Domain = first.Domain }, default)).Claims);

        Assert.Equal(ClaimCommitStatus.Committed, await CommitAsync(second));

        FieldList.AssertSame(first, await Store.FindNewestAsync(string.Empty, one, first.Domain, default));
        FieldList.AssertSame(second, await Store.FindNewestAsync(string.Empty, other, first.Domain, default));
        Assert.Single((await Store.ListAsync(new ClaimQuery { Owner = one, Domain = first.Domain }, default)).Claims);
    }

    private async Task AssertProfilesDifferAsync(int number, string domain, string one, string other)
    {
        var held = Sample.Claim(number, "ann", domain) with { Profile = one, Status = ClaimStatus.Claimed, Epoch = 1 };
        var (second, domainName) = (held with { Id = Sample.Id(number + 1), Profile = other }, held.Domain);
        await PutAsync(new ClaimCommit { Claims = [held], Work = [Sample.Work(number, domain) with { Profile = one }] });
        Assert.Null(await Store.FindNewestAsync(other, "ann", domainName, default));
        FieldList.AssertSame(DomainHolding.None, await Store.FindHoldingAsync(other, domainName, default));
        Assert.Empty((await Store.ListAsync(new ClaimQuery { Profile = other, Domain = domainName }, default)).Claims);
        Assert.Empty((await Store.ListWorkAsync(new WorkQuery { Profile = other, Domain = domainName }, default)).Work);

        await PutAsync(new ClaimCommit { Claims = [second], Work = [Sample.Work(number + 1, domain) with { Profile = other }] });

        FieldList.AssertSame(new DomainHolding(1, held), await Store.FindHoldingAsync(one, domainName, default));
        FieldList.AssertSame(new DomainHolding(1, second), await Store.FindHoldingAsync(other, domainName, default));
        Assert.Equal(2, (await Store.LeaseWorkAsync(Sample.Lease(Sample.Now), default)).Count(work => work.Domain == domainName));
    }
}
