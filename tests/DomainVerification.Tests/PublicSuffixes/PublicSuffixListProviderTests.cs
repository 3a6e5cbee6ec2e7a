using System.Text;
using DomainVerification.PublicSuffixes;

namespace DomainVerification.Tests.PublicSuffixes;

public sealed class PublicSuffixListProviderTests
{
    private const string TooLarge = DomainVerificationErrorCodes.PublicSuffixListTooLarge;
    private const string Malformed = DomainVerificationErrorCodes.PublicSuffixListMalformed;
    private const string Incomplete = DomainVerificationErrorCodes.PublicSuffixListIncomplete;
    private const string Outdated = DomainVerificationErrorCodes.PublicSuffixListOutdated;

    private static readonly string LongName = string.Concat(Enumerable.Repeat("abcdefg.", 40)) + "com";

    public static TheoryData<string, string> BadTexts => new()
    {
        { "", Incomplete },
        { " \n\t\n", Incomplete },
        { "<!DOCTYPE html>\n<html><body>Sign in</body></html>", Malformed },
        { "com\nco.uk\ngithub.io\n", Malformed },
        { PublicSuffixLists.Text("com\nco.uk", "github.io"), Incomplete },
        { PublicSuffixLists.Text("com", "github.io").Replace("// ===END PRIVATE DOMAINS===", "", StringComparison.Ordinal), Incomplete },
        { "// ===BEGIN ICANN DOMAINS===\ncom\n// ===END ICANN DOMAINS===\n", Incomplete },
        { "// ===END ICANN DOMAINS===\n", Malformed },
        { "// ===BEGIN ICANN DOMAINS===\n// ===BEGIN PRIVATE DOMAINS===\n", Malformed },
        { "// ===BEGIN OTHER DOMAINS===\n", Malformed },
        { "// VERSION: yesterday\n", Malformed },
        { PublicSuffixLists.PlausibleText().Replace("github.io", "", StringComparison.Ordinal), Incomplete },
        { PublicSuffixLists.PlausibleText().Replace("\nco.uk\n", "\n", StringComparison.Ordinal), Incomplete },
        { WithGithubAmongIcannRules(), Incomplete },
    };

    [Theory]
    [MemberData(nameof(BadTexts))]
    public async Task Replace_BadText_IsRefusedAndChangesNothing(string text, string code) => await AssertRefusedAsync(text, code);

    [Theory]
    [InlineData("a..b")]
    [InlineData(".com")]
    [InlineData("com.")]
    [InlineData("a b\0c.com\n\0")]
    [InlineData("nul\0.com")]
    [InlineData("*foo.com")]
    [InlineData("foo.**")]
    [InlineData("!com")]
    [InlineData("!")]
    [InlineData("!!www.ck")]
    [InlineData("http://com")]
    [InlineData("  com")]
    [InlineData("a/b")]
    [InlineData("\uD800.com")]
    [InlineData("\u0301\u200B.com")]
    public async Task Replace_OneMalformedRule_IsRefusedAndChangesNothing(string rule)
    {
        var update = new PublicSuffixListProvider().Replace(PublicSuffixLists.PlausibleText(extra: rule));

        Assert.Equal(Malformed, update.Error?.Code);
        await AssertRefusedAsync(PublicSuffixLists.PlausibleText(extra: rule), Malformed);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1_000_000)]
    public async Task Replace_HugeLabel_IsRefusedAndChangesNothing(int length) =>
        await AssertRefusedAsync(PublicSuffixLists.PlausibleText(extra: new string('a', length) + ".com"), Malformed);

    [Fact]
    public async Task Replace_RuleLongerThanAName_IsRefusedAndChangesNothing() =>
        await AssertRefusedAsync(PublicSuffixLists.PlausibleText(extra: LongName), Malformed);

    [Fact]
    public async Task Replace_TenMegabytes_IsRefusedAndChangesNothing() =>
        await AssertRefusedAsync(PublicSuffixLists.PlausibleText() + "//" + new string(' ', 10_000_000), TooLarge);

    [Fact]
    public async Task ReplaceAsync_EndlessStream_StopsReadingAndIsRefused()
    {
        using var stream = new EndlessStream();
        var update = await new PublicSuffixListProvider().ReplaceAsync(stream);

        Assert.Equal(TooLarge, update.Error?.Code);
        Assert.InRange(stream.BytesRead, PublicSuffixList.MaxTextLength, 2L * PublicSuffixList.MaxTextLength);
    }

    [Fact]
    public async Task ReplaceAsync_BytesThatAreNotUtf8_IsRefusedAndChangesNothing()
    {
        var provider = new PublicSuffixListProvider();
        using var stream = new MemoryStream([.. Encoding.UTF8.GetBytes(PublicSuffixLists.PlausibleText()), 0xFF, 0xFE]);

        Assert.Equal(Malformed, (await provider.ReplaceAsync(stream)).Error?.Code);
        Assert.Same(PublicSuffixList.BuiltIn, provider.Current);
    }

    [Fact]
    public async Task ReplaceAsync_CancelledToken_ThrowsAndChangesNothing()
    {
        var provider = new PublicSuffixListProvider();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(PublicSuffixLists.PlausibleText()));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            provider.ReplaceAsync(stream, cancellationToken: new CancellationToken(canceled: true)));
        Assert.Same(PublicSuffixList.BuiltIn, provider.Current);
    }

    [Fact]
    public void Replace_OlderList_IsRefusedAndChangesNothing()
    {
        var provider = new PublicSuffixListProvider();
        var update = provider.Replace(PublicSuffixLists.PlausibleText("// VERSION: 2020-02-29_10-00-00_UTC"));

        Assert.Equal(PublicSuffixListUpdateStatus.Refused, update.Status);
        Assert.Equal(Outdated, update.Error?.Code);
        Assert.Contains("2020-02-29", update.Error!.Message, StringComparison.Ordinal);
        Assert.Same(PublicSuffixList.BuiltIn, provider.Current);
    }

    [Fact]
    public async Task ReplaceAsync_NewerList_IsInUseAndTellsWhatChanged()
    {
        var provider = new PublicSuffixListProvider(PublicSuffixLists.Parse(PublicSuffixLists.PlausibleText(extra: "gone.com")));
        var text = PublicSuffixLists.PlausibleText("// VERSION: 2031-05-06_07-08-09_UTC", "*.new.com\n!www.new.com");
        using var stream = new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"))]);

        var update = await provider.ReplaceAsync(stream);

        Assert.Null(update.Error);
        Assert.Equal(PublicSuffixListUpdateStatus.Replaced, update.Status);
        Assert.Equal(new DateOnly(2031, 5, 6), provider.ListDate);
        Assert.Equal(["!www.new.com", "*.new.com"], update.AddedRules.Select(rule => rule.Text).Order(StringComparer.Ordinal));
        Assert.Equal([new PublicSuffixRule("gone.com", PublicSuffixDivision.Icann)], update.RemovedRules);
        Assert.Equal(0, provider.Find("x.new.com").SuffixStart);
        Assert.Equal(provider.Current.RuleCount, provider.RuleCount);
    }

    [Fact]
    public void Replace_TextWithoutVersion_TakesTheDateOfTheCaller()
    {
        var provider = new PublicSuffixListProvider();

        Assert.Null(provider.Replace(PublicSuffixLists.PlausibleText(), new DateOnly(2031, 1, 1)).Error);
        Assert.Equal(new DateOnly(2031, 1, 1), provider.ListDate);
    }

    [Fact]
    public void Replace_UnicodeRules_AreCanonicalised()
    {
        var list = PublicSuffixLists.Parse(PublicSuffixLists.Text("中国\nCOM\n公司.cn and a remark", ""));

        Assert.Equal(["com", "xn--55qx5d.cn", "xn--fiqs8s"], list.EnumerateRules().Select(rule => rule.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Find_WhileListsAreExchanged_SeesOneListOrTheOther()
    {
        var lists = new[] { "*.swap.com", "swap.com" }.Select(rule => PublicSuffixLists.PlausibleText(extra: rule)).ToArray();
        var provider = new PublicSuffixListProvider(PublicSuffixLists.Parse(lists[0]));
        using var start = new Barrier(3);
        var done = 0;

        Task Look() => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                do
                {
                    Assert.Contains(provider.Find("a.swap.com").RegistrableStart, new[] { -1, 0 });
                }
                while (Volatile.Read(ref done) == 0);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        Task[] readers = [Look(), Look()];
        start.SignalAndWait();
        for (var round = 1; round <= 10; round++)
        {
            Assert.Equal(PublicSuffixListUpdateStatus.Replaced, provider.Replace(lists[round % 2]).Status);
        }

        Volatile.Write(ref done, 1);
        await Task.WhenAll(readers);
    }

    private static string WithGithubAmongIcannRules() => PublicSuffixLists.PlausibleText(extra: "github.io")
        .Replace("PRIVATE DOMAINS===\ngithub.io", "PRIVATE DOMAINS===\n", StringComparison.Ordinal);

    private static async Task AssertRefusedAsync(string text, string code)
    {
        var provider = new PublicSuffixListProvider();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        foreach (var update in new[] { provider.Replace(text), await provider.ReplaceAsync(stream) })
        {
            Assert.Equal(PublicSuffixListUpdateStatus.Refused, update.Status);
            Assert.Equal(code, update.Error?.Code);
            Assert.Empty(update.AddedRules);
            Assert.Empty(update.RemovedRules);
            Assert.InRange(update.Error!.Message.Length, 10, 200);
        }

        Assert.Same(PublicSuffixList.BuiltIn, provider.Current);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'\n');
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
