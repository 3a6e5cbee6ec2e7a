using DomainVerification.Email.Plans.Spf.Internal;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Email.Tests.Plans;

public sealed class SpfParserTests
{
    [Theory]
    [InlineData("v=spf1")]
    [InlineData("v=spf1 -all")]
    [InlineData("V=SPF1 +mx a:colo.example.com/28 -ALL")]
    [InlineData("v=spf1 a mx ptr ~all")]
    [InlineData("v=spf1 a/24 a//64 a/24//64 mx:example.org/20//96 ?all")]
    [InlineData("v=spf1 ptr:example.org exists:%{ir}.%{v}._spf.%{d2} -all")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.1 ip6:2001:db8::/32 ip6:::1 ip6:::ffff:192.0.2.1/128 -all")]
    [InlineData("v=spf1 ip4:0.0.0.0/0 ip6:::/0")]
    [InlineData("v=spf1 include:_spf.example.com include:%{d} redirect=_spf.example.com")]
    [InlineData("v=spf1 redirect=a.example.com -all exp=explain.%{d}")]
    [InlineData("v=spf1 unknown=%{s}%%%_%- x-y.z=")]
    [InlineData("v=spf1 a:example.com. include:a.b-c.x1")]
    [InlineData("v=spf1 a:%{l1r-+,/_=}.example.com")]
    public void Records_of_the_grammar_are_read_and_written_back(string text)
    {
        Assert.True(SpfParser.TryParse(text, out var record, out var error), error);
        Assert.Equal("v=spf1" + text["v=spf1".Length..].Replace("+mx", "mx", StringComparison.Ordinal), record.ToString());
    }

    [Theory]
    [InlineData("v=spf1 include:")]
    [InlineData("v=spf1 include")]
    [InlineData("v=spf1 include:localhost")]
    [InlineData("v=spf1 include:example.123")]
    [InlineData("v=spf1 include:example.-com")]
    [InlineData("v=spf1 include:a.example.com/24")]
    [InlineData("v=spf1 exists")]
    [InlineData("v=spf1 all:example.com")]
    [InlineData("v=spf1 ip4")]
    [InlineData("v=spf1 ip4:192.0.2")]
    [InlineData("v=spf1 ip4:192.0.2.256")]
    [InlineData("v=spf1 ip4:192.0.2.01")]
    [InlineData("v=spf1 ip4:192.0.2.1/33")]
    [InlineData("v=spf1 ip4:192.0.2.1/024")]
    [InlineData("v=spf1 ip4:2001:db8::1")]
    [InlineData("v=spf1 ip6:192.0.2.1")]
    [InlineData("v=spf1 ip6:2001:db8::1/129")]
    [InlineData("v=spf1 ip6:fe80::1%eth0")]
    [InlineData("v=spf1 a/33")]
    [InlineData("v=spf1 a//129")]
    [InlineData("v=spf1 a/")]
    [InlineData("v=spf1 a:")]
    [InlineData("v=spf1 mx:/24")]
    [InlineData("v=spf1 mix")]
    [InlineData("v=spf1 -")]
    [InlineData("v=spf1 --all")]
    [InlineData("v=spf1 redirect=")]
    [InlineData("v=spf1 redirect=a.example.com redirect=b.example.com")]
    [InlineData("v=spf1 exp=a.example.com exp=b.example.com")]
    [InlineData("v=spf1 +redirect=a.example.com")]
    [InlineData("v=spf1 a:%{x}.example.com")]
    [InlineData("v=spf1 a:%{d.example.com")]
    [InlineData("v=spf1 a:%d.example.com")]
    [InlineData("v=spf1 a:example.com%")]
    [InlineData("v=spf1 x=%{d")]
    [InlineData("v=spf1 1x=y")]
    [InlineData("v=spf1\tall")]
    [InlineData("v=spf1 all\u00A0")]
    [InlineData("v=spf10 all")]
    [InlineData("v=spf1all")]
    [InlineData(" v=spf1 all")]
    [InlineData("")]
    public void What_breaks_the_grammar_is_told(string text)
    {
        Assert.False(SpfParser.TryParse(text, out _, out var error));
        Assert.Matches("^[ -~]+$", error);
    }

    [Fact]
    public void A_record_without_end_is_refused() =>
        Assert.False(SpfParser.TryParse("v=spf1 " + new string('a', SpfParser.MaximumLength), out _, out _));

    [Fact]
    public void Every_record_is_read_as_it_was_written() =>
        Prop.ForAll(SpfArbitraries.Text, text =>
        {
            Assert.True(SpfParser.TryParse(text, out var record, out var error), $"{text}: {error}");
            Assert.True(SpfParser.TryParse(record.ToString(), out var again, out _));
            Assert.Equal(record.ToString(), again.ToString());
            Assert.Equal(record.Terms, again.Terms);
            Assert.Equal(text, record.ToString(), ignoreCase: true);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_makes_the_parser_throw()
    {
        var random = new Random(20_261_124);
        string[] seeds = [.. SpfArbitraries.Text.Generator.Sample(200, 50)];
        var taken = 0;
        const int Rounds = 100_000;
        for (var i = 0; i < Rounds; i++)
        {
            var text = Mutated(seeds[random.Next(seeds.Length)].ToCharArray(), random);
            if (SpfParser.TryParse(text, out var record, out var error))
            {
                taken++;
                Assert.True(SpfParser.TryParse(record.ToString(), out _, out error), $"{text} became {record}: {error}");
            }
            else
            {
                Assert.Matches("^[ -~]{1,200}$", error);
            }
        }

        // A fuzzer whose texts are all taken, or all refused, tests nothing.
        Assert.InRange(taken, Rounds / 100, Rounds * 9 / 10);
    }

    private static string Mutated(char[] text, Random random)
    {
        const string Characters = " =:/.%{}-+~?0123456789abcdlmnoprstx\t\"\\\u00E9\uD800";
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            text[random.Next(text.Length)] = Characters[random.Next(Characters.Length)];
        }

        return new string(text, 0, random.Next(8) == 0 ? random.Next(text.Length) : text.Length);
    }
}
