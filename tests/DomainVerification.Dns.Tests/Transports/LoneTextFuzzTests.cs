using System.Net;
using static DomainVerification.Dns.Tests.Judgement;

namespace DomainVerification.Dns.Tests;

/// <summary>Broken responses, of which only what the whole reader takes for one text may be taken for one.</summary>
public sealed class LoneTextFuzzTests
{
    private const int PacketsForEachCookie = 60_000;
    private const int Seed = 20_260_102;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly DnsQuestion Question = new(DnsName.Parse("_acme-challenge.example.com"), DnsRecordType.TXT);

    public static TheoryData<byte[]?> Cookies() => [null, ClientCookie, WholeCookie];

    [Theory]
    [MemberData(nameof(Cookies))]
    public void W21_MutatedResponses_AreTakenOnlyWhereTheWholeReaderSeesTheSameText(byte[]? cookie)
    {
        Random random = new(Seed);
        using var query = Send(Question, cookie);
        byte[][] seeds = [.. Responses(cookie).Select(DnsMessageWriter.Write).Select(octets => Answer(query, octets))];
        var packet = new byte[2048];
        var (texts, others, refused) = (0, 0, 0);
        for (var i = 0; i < PacketsForEachCookie; i++)
        {
            var seed = seeds[random.Next(seeds.Length)];
            var length = PacketMutation.Mutate(seed, packet, random);
            Mend(seed, packet.AsSpan(0, length), random);

            Judgement judgement = new(query, packet.AsSpan(0, length));

            judgement.Check(Question, cookie);
            texts += judgement.Text.IsNone ? 0 : 1;
            others += judgement.Response is null ? 0 : 1;
            refused += judgement.Verdict == PacketVerdict.Accepted ? 0 : 1;
        }

        // None of the three ways may be rare, or little was tested.
        Assert.All([texts, others, refused], count => Assert.InRange(count, PacketsForEachCookie / 50, PacketsForEachCookie * 9 / 10));
    }

    /// <summary>Puts the question back, without which no packet gets far; the header too, in most.</summary>
    private static void Mend(byte[] seed, Span<byte> packet, Random random)
    {
        var untouched = Math.Min(12 + Question.Name.WireForm.Length + 4, packet.Length);
        if (untouched > 12 && random.Next(50) > 0)
        {
            seed.AsSpan(12, untouched - 12).CopyTo(packet[12..]);
        }

        if (untouched >= 6 && random.Next(50) > 0)
        {
            seed.AsSpan(0, 3).CopyTo(packet);
            seed.AsSpan(4, 2).CopyTo(packet[4..]);
        }
    }

    private static IEnumerable<DnsMessage> Responses(byte[]? cookie)
    {
        var zone = DnsName.Parse("example.com");
        var host = DnsName.Parse("ns.example.com");
        var bare = Response(null, "token=abc");
        yield return bare;
        yield return Response(new DnsEdns(), "token=abc");
        yield return Response(With(cookie ?? WholeCookie), "token=abc");
        yield return Response(With(cookie ?? WholeCookie), new string('t', 300));
        yield return new DnsMessage
        {
            Flags = bare.Flags,
            Questions = bare.Questions,
            Answers = bare.Answers,
            Authorities = [new DnsNsRecord(zone, Minute, host), new DnsNsRecord(zone, Minute, DnsName.Parse("ns.example.net"))],
            Additionals = [new DnsARecord(host, Minute, IPAddress.Loopback), new DnsAaaaRecord(host, Minute, IPAddress.IPv6Loopback)],
            Edns = With(cookie ?? WholeCookie),
        };
        yield return new DnsMessage
        {
            Flags = bare.Flags,
            Questions = bare.Questions,
            Answers = [.. bare.Answers, .. bare.Answers],
            Edns = With(cookie ?? WholeCookie),
        };
    }

    private static DnsEdns With(byte[] cookie) => new() { Options = [new DnsEdnsOption(DnsEdnsOptionCode.Cookie, cookie)] };

    private static DnsMessage Response(DnsEdns? edns, string text) => new()
    {
        Flags = DnsHeaderFlags.Response | DnsHeaderFlags.RecursionAvailable,
        Questions = [Question],
        Answers = [new DnsTxtRecord(Question.Name, Minute, text)],
        Edns = edns,
    };
}
