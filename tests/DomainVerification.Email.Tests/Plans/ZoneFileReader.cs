using System.Globalization;

namespace DomainVerification.Email.Tests.Plans;

/// <summary>A record as a zone file holds it.</summary>
internal sealed record ZoneFileRecord(string Origin, string Owner, long TimeToLive, string Type, IReadOnlyList<byte[]> Fields)
{
    internal byte[] Text => [.. Fields.SelectMany(octets => octets)];
}

/// <summary>Reads fragments of zone files by RFC 1035, section 5.1, knowing nothing of what wrote them.</summary>
internal static class ZoneFileReader
{
    internal static IReadOnlyList<ZoneFileRecord> Read(string text)
    {
        List<ZoneFileRecord> records = [];
        var origin = string.Empty;
        foreach (var line in text.Split('\n'))
        {
            var words = Words(line);
            if (words.Count == 0)
            {
                continue;
            }

            if (Plain(words[0]) == "$ORIGIN")
            {
                Assert.Equal(2, words.Count);
                origin = Plain(words[1]);
                continue;
            }

            Assert.NotEmpty(origin);
            Assert.Equal("IN", Plain(words[2]));
            records.Add(new ZoneFileRecord(
                origin,
                Plain(words[0]),
                long.Parse(Plain(words[1]), CultureInfo.InvariantCulture),
                Plain(words[3]),
                [.. words.Skip(4)]));
        }

        return records;
    }

    private static string Plain(byte[] word) => System.Text.Encoding.Latin1.GetString(word);

    private static List<byte[]> Words(string line)
    {
        List<byte[]> words = [];
        List<byte>? word = null;
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            Assert.InRange(c, ' ', '~');
            if (c == '"')
            {
                word ??= [];
                isQuoted = !isQuoted;
            }
            else if (c == '\\')
            {
                var isNumber = char.IsAsciiDigit(line[i + 1]);
                (word ??= []).Add(isNumber ? byte.Parse(line.AsSpan(i + 1, 3), CultureInfo.InvariantCulture) : (byte)line[i + 1]);
                i += isNumber ? 3 : 1;
            }
            else if (!isQuoted && c == ';')
            {
                break;
            }
            else if (!isQuoted && c == ' ')
            {
                Close(words, ref word);
            }
            else
            {
                Assert.True(isQuoted || c is not ('(' or ')'), line);
                (word ??= []).Add((byte)c);
            }
        }

        Assert.False(isQuoted, line);
        Close(words, ref word);
        return words;
    }

    private static void Close(List<byte[]> words, ref List<byte>? word)
    {
        if (word is not null)
        {
            Assert.True(word.Count <= 255);
            words.Add([.. word]);
            word = null;
        }
    }
}
