using System.Text.Json;

namespace DomainVerification.Email.Tests.Identities;

public sealed class WireNamesTests
{
    [Fact]
    public void Statuses_are_spelt_as_in_the_seed()
    {
        Assert.Equal(
            ["pending", "verifying", "verified", "degraded", "failed", "suspended"],
            Enum.GetValues<SendingStatus>().Select(status => status.ToWireName()));
        Assert.Equal(
            ["FAILED", "NOT_STARTED", "PENDING", "SUCCESS"],
            Enum.GetValues<DkimStatus>().Select(status => status.ToWireName()).Order());
        Assert.Equal(
            ["FAILED", "PENDING", "SUCCESS"],
            Enum.GetValues<MailFromStatus>().Select(status => status.ToWireName()).Order());
        Assert.Equal(
            ["pending", "verified", "failed"],
            Enum.GetValues<SendingRecordStatus>().Select(status => status.ToWireName()));
        Assert.Equal(["marketing", "transactional"], Enum.GetValues<SendingKind>().Select(kind => kind.ToWireName()));
    }

    [Fact]
    public void Json_has_the_same_names()
    {
        AssertSame<SendingStatus>(status => status.ToWireName());
        AssertSame<DkimStatus>(status => status.ToWireName());
        AssertSame<MailFromStatus>(status => status.ToWireName());
        AssertSame<SendingRecordStatus>(status => status.ToWireName());
        AssertSame<SendingKind>(kind => kind.ToWireName());
    }

    [Fact]
    public void A_value_that_is_none_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ((SendingStatus)99).ToWireName());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((DkimStatus)99).ToWireName());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((MailFromStatus)99).ToWireName());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((SendingRecordStatus)99).ToWireName());
        Assert.Throws<ArgumentOutOfRangeException>(() => ((SendingKind)99).ToWireName());
    }

    private static void AssertSame<T>(Func<T, string> name)
        where T : struct, Enum =>
        Assert.All(Enum.GetValues<T>(), value => Assert.Equal($"\"{name(value)}\"", JsonSerializer.Serialize(value)));
}
