using DomainVerification.Testing;

namespace DomainVerification.Dns.Tests;

public sealed class ResolvConfTests
{
    [Fact]
    public void Parse_Servers_AreTakenInOrder()
    {
        var servers = ResolvConf.Parse(
            "# a comment\n; another\nsearch example.com\noptions ndots:5 timeout:1 attempts:9\r\n"
            + "nameserver 192.0.2.1\r\nnameserver\t2001:db8::1   # main\nnameserver fe80::1%2\n");

        Assert.Equal(["192.0.2.1:53", "[2001:db8::1]:53", "[fe80::1%2]:53"], servers.Select(server => server.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nameserver")]
    [InlineData("nameserver ")]
    [InlineData("nameserver dns.example.com")]
    [InlineData("nameservers 192.0.2.1")]
    [InlineData("nameserver192.0.2.1")]
    [InlineData("#nameserver 192.0.2.1")]
    [InlineData(" nameserver 192.0.2.1")]
    [InlineData("domain 192.0.2.1")]
    [InlineData("\0\0\uFFFD")]
    public void Parse_AnythingElse_IsPassedOver(string content) => Assert.Empty(ResolvConf.Parse(content));

    [Fact]
    public void Parse_MoreThanThree_TheFirstThreeAreTaken()
    {
        var content = string.Concat(Enumerable.Range(1, 5).Select(i => $"nameserver 192.0.2.{i}\n"));

        var servers = ResolvConf.Parse(content);

        Assert.Equal(["192.0.2.1:53", "192.0.2.2:53", "192.0.2.3:53"], servers.Select(server => server.ToString()));
    }

    [UnixFact]
    public void Get_NoFile_IsTheLocalServer()
    {
        SystemDnsServers servers = new(new ManualTimeProvider(), Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));

        Assert.Equal("127.0.0.1:53", Assert.Single(servers.Get()).ToString());
    }

    [UnixFact]
    public void Get_ChangedFile_IsReadAgainAfterAWhile() => WithFile("nameserver 192.0.2.1\n", path =>
    {
        ManualTimeProvider time = new();
        SystemDnsServers servers = new(time, path);
        Assert.Equal("192.0.2.1:53", servers.Get()[0].ToString());

        File.WriteAllText(path, "nameserver 192.0.2.2\n");
        Assert.Equal("192.0.2.1:53", servers.Get()[0].ToString());
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("192.0.2.2:53", servers.Get()[0].ToString());
    });

    [UnixFact]
    public void Get_HugeFile_IsReadUpToABound() =>
        WithFile("nameserver 192.0.2.1\n" + new string('#', 100_000) + "\nnameserver 192.0.2.2\n", path =>
            Assert.Single(new SystemDnsServers(new ManualTimeProvider(), path).Get()));

    private static void WithFile(string content, Action<string> test)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            test(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
