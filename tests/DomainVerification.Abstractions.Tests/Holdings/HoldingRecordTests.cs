namespace DomainVerification.Abstractions.Tests.Holdings;

public class HoldingRecordTests
{
    [Fact]
    public void ToString_LeavesOutTheData()
    {
        var record = new HoldingRecord
        {
            Key = new HoldingKey(new ClaimId(Guid.Empty), 3, "email"),
            Profile = string.Empty,
            Owner = "ann",
            Domain = DomainName.Parse("acme.com"),
            Version = 2,
            Data = "a key that nobody should see",
        };

        Assert.Contains("email", record.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", record.ToString(), StringComparison.Ordinal);
    }
}
