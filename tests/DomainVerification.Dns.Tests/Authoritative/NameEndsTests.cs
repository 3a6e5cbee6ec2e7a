using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

public sealed class NameEndsTests
{
    [Fact]
    public void Ends_AreTheNameAndAllAboveIt() => Prop.ForAll(DnsArbitraries.Name, HasItsEnds).QuickCheckThrowOnFailure();

    [Fact]
    public void LongestName_HasAllItsEnds() => HasItsEnds(DnsName.Parse(string.Join('.', Enumerable.Repeat("A", 127))));

    [Theory]
    [InlineData("_proof.Shop.ACME.example", "other.shop.acme.EXAMPLE")]
    [InlineData("shop.acme.example", "x.y.SHOP.acme.example")]
    public void SameEnd_HasTheSameHash_AndOnlyThat(string one, string other)
    {
        var (ends, others) = (Hashes(DnsName.Parse(one)), Hashes(DnsName.Parse(other)));

        Assert.Equal(ends[..4], others[..4]);
        Assert.NotEqual(ends[^1], others[^1]);
        Assert.Distinct(ends);
    }

    private static void HasItsEnds(DnsName name)
    {
        NameEnds ends = new(name, new byte[DnsName.MaxWireLength], new byte[NameEnds.Most], new int[NameEnds.Most]);
        for (var end = name; end is not null; end = end.Parent)
        {
            var octets = end.WireForm.ToArray();
            Letters.Fold(octets, octets);
            Assert.Equal(octets, ends.Of(end.LabelCount).ToArray());
            Assert.Equal(Hashes(end)[^1], ends.HashOf(end.LabelCount));
        }
    }

    private static int[] Hashes(DnsName name)
    {
        NameEnds ends = new(name, new byte[DnsName.MaxWireLength], new byte[NameEnds.Most], new int[NameEnds.Most]);
        var hashes = new int[name.LabelCount + 1];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = ends.HashOf(i);
        }

        return hashes;
    }
}
