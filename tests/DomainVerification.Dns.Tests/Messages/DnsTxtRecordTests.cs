using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

/// <summary>The text of a TXT record without a string of it.</summary>
public sealed class DnsTxtRecordTests
{
    private const int Room = DnsTxtRecord.MaxStringLength;

    [Theory]
    [InlineData("")]
    [InlineData("token=abc expiry=never")]
    [InlineData(" \t\0\u007F")]
    public void TryCopyAscii_OneStringOfAscii_IsTheText(string text) => Assert.Equal(text, Copy(Record(text)));

    [Fact]
    public void TryCopyAscii_LongestString_IsTheText() => Assert.Equal(new string('x', Room), Copy(Record(new string('x', Room))));

    [Fact]
    public void TryCopyAscii_NoRoom_Fails()
    {
        Assert.Equal("abcd", Copy(Record("abcd"), room: 4));
        Assert.Null(Copy(Record("abcd"), room: 3));
        Assert.Null(Copy(Record("a"), room: 0));
    }

    [Fact]
    public void TryCopyAscii_SeveralStrings_Fails()
    {
        Assert.Null(Copy(Record("ab", "cd")));
        Assert.Null(Copy(Record("ab", "")));
        Assert.Null(Copy(Record("", "ab")));
        Assert.Null(Copy(Record("", "")));
    }

    [Theory]
    [InlineData("é")]
    [InlineData("token=abcé")]
    [InlineData("\uFEFFtoken=abc")]
    public void TryCopyAscii_OtherThanAscii_Fails(string text) => Assert.Null(Copy(Record(text)));

    [Fact]
    public void TryCopyAscii_AnyOctets_IsTheTextOrNothing() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), octets =>
        {
            DnsTxtRecord record = new(DnsName.Root, TimeSpan.Zero, [octets.AsMemory(0, Math.Min(octets.Length, Room))]);
            return Copy(record) is { } copy ? copy == record.Text : octets.Any(octet => octet > 0x7F);
        }).QuickCheckThrowOnFailure();

    private static DnsTxtRecord Record(params string[] strings) =>
        new(DnsName.Root, TimeSpan.Zero, [.. strings.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]);

    private static string? Copy(DnsTxtRecord record, int room = Room)
    {
        var text = new char[room];
        return DnsTxtRecord.TryCopyAscii(record.Data.Span, text, out var length) ? new string(text, 0, length) : null;
    }
}
