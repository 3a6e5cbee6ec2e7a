using System.Text.RegularExpressions;

namespace DomainVerification.Email.Tests.Migma;

/// <summary>The names on the wire, held against Migma's own page.</summary>
public partial class MigmaPageTests
{
    private const string Page = "../reference/seeds/000_953d624d550395d7.txt";

    /// <summary>What the page says of each enumeration, written down once more for where the page is not at hand.</summary>
    private static readonly Dictionary<string, string[]> Documented = new()
    {
        ["region"] = ["us-east-1", "eu-west-1"],
        ["status"] = ["pending", "verifying", "verified", "degraded", "failed", "suspended"],
        ["dkimStatus"] = ["SUCCESS", "PENDING", "FAILED", "NOT_STARTED"],
        ["mailFromStatus"] = ["SUCCESS", "PENDING", "FAILED"],
        ["record type"] = ["CNAME", "TXT", "MX"],
        ["record status"] = ["pending", "verified", "failed"],
    };

    [Fact]
    public void Each_status_has_the_name_that_is_documented()
    {
        Assert.Equal(Documented["status"].Order(), Enum.GetValues<SendingStatus>().Select(status => status.ToWireName()).Order());
        Assert.Equal(Documented["dkimStatus"].Order(), Enum.GetValues<DkimStatus>().Select(status => status.ToWireName()).Order());
        Assert.Equal(Documented["mailFromStatus"].Order(), Enum.GetValues<MailFromStatus>().Select(status => status.ToWireName()).Order());
        Assert.Equal(Documented["record status"].Order(), Enum.GetValues<SendingRecordStatus>().Select(status => status.ToWireName()).Order());
    }

    [SharedDataFact(Page)]
    public void The_page_says_what_is_written_down_here()
    {
        var page = SharedData.Read(Page);
        var sending = Schema(page, "SendingDomain");
        var record = Schema(page, "DnsRecord");

        Assert.Equal(Documented["region"], sending["region"]);
        Assert.Equal(Documented["status"], sending["status"]);
        Assert.Equal(Documented["dkimStatus"], sending["dkimStatus"]);
        Assert.Equal(Documented["mailFromStatus"], sending["mailFromStatus"]);
        Assert.Equal(Documented["record type"], record["type"]);
        Assert.Equal(Documented["record status"], record["status"]);
    }

    [SharedDataFact(Page)]
    public void Every_member_of_the_page_is_one_of_ours()
    {
        var page = SharedData.Read(Page);
        var ours = typeof(SendingIdentity).GetProperties().Select(property => Camel(property.Name)).ToHashSet(StringComparer.Ordinal);
        var ourRecord = typeof(SendingRecord).GetProperties().Select(property => Camel(property.Name)).ToHashSet(StringComparer.Ordinal);

        Assert.All(Schema(page, "SendingDomain").Keys, member => Assert.Contains(member == "_id" ? "id" : member, ours));
        Assert.All(Schema(page, "DnsRecord").Keys, member => Assert.Contains(member, ourRecord));
    }

    /// <summary>The members of a schema of the page, with the values of those that are enumerations.</summary>
    private static Dictionary<string, string[]> Schema(string page, string name)
    {
        var start = page.IndexOf($"\n    {name}:\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no schema {name}.");
        var members = new Dictionary<string, string[]>();
        var member = string.Empty;
        foreach (var line in page[(start + 1)..].Split('\n').Skip(1).TakeWhile(line => line.StartsWith("      ", StringComparison.Ordinal)))
        {
            if (Member().Match(line) is { Success: true } found)
            {
                members[member = found.Groups[1].Value] = [];
            }
            else if (Value().Match(line) is { Success: true } value && member.Length > 0)
            {
                members[member] = [.. members[member], value.Groups[1].Value];
            }
        }

        return members;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    [GeneratedRegex(@"^ {8}(\w+):$")]
    private static partial Regex Member();

    [GeneratedRegex(@"^ {12}- (\S+)$")]
    private static partial Regex Value();
}
