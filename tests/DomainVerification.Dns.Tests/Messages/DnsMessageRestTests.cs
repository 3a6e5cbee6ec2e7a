using System.Net;

namespace DomainVerification.Dns.Tests;

/// <summary>What stands behind the answers of a response, which is read when somebody wants it.</summary>
public sealed class DnsMessageRestTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The case that a query has at random is nothing that anybody asked for.</summary>
    [Fact]
    public void NamesOfTheQuestion_AreAsTheyWereAskedFor()
    {
        var asked = new DnsQuestion(DnsName.Parse("example.com"), DnsRecordType.TXT);
        var sent = DnsName.Parse("eXaMpLe.CoM");
        var octets = DnsMessageWriter.Write(new DnsMessage
        {
            Flags = DnsHeaderFlags.Response,
            Questions = [asked with { Name = sent }],
            Answers = [new DnsTxtRecord(sent, Minute, "token")],
            Authorities = [new DnsNsRecord(sent, Minute, sent)],
            Additionals = [new DnsARecord(sent, Minute, IPAddress.Loopback)],
        });

        Assert.True(DnsMessageReader.TryReadResponse(octets, asked, out var response, out _));

        Assert.NotNull(response.Rest);
        var server = Assert.IsType<DnsNsRecord>(Assert.Single(response.Authorities));
        DnsName[] names = [response.Answers[0].Name, server.Name, server.Server, response.Additionals[0].Name];
        Assert.All(names, name => Assert.Equal("example.com", name.ToString(), ignoreCase: false));
    }
}
