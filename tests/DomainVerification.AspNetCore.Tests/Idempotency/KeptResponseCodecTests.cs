using DomainVerification.AspNetCore.Idempotency.Internal;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Primitives;

namespace DomainVerification.AspNetCore.Tests.Idempotency;

public sealed class KeptResponseCodecTests
{
    private static readonly KeptResponse Sample = new(
        201,
        [new("Location", "/orders/1"), new("Link", new StringValues(["</a>; rel=next", "</b>; rel=\"käse\""])), new("ETag", "")],
        "{\"a\":1}"u8.ToArray());

    [Fact]
    public void What_is_written_is_read_back()
    {
        Prop.ForAll(
            Arb.From(
                from status in Gen.Choose(100, 999)
                from names in Gen.Elements("Location", "ETag", "X-1").ListOf()
                from value in ArbMap.Default.GeneratorFor<NonNull<string>>()
                from body in ArbMap.Default.GeneratorFor<byte[]>()
                select new KeptResponse(
                    status,
                    [.. names.Select((name, at) => KeyValuePair.Create(name + at, new StringValues([value.Get, name])))],
                    body ?? [])),
            response =>
            {
                if (KeptResponseCodec.Encode(response) is not { } bytes)
                {
                    return response.Headers.Any(header => !header.Value[0]!.IsNormalizedText())
                        || response.Headers.Count * 2 > KeptResponseCodec.MaximumHeaders;
                }

                var read = KeptResponseCodec.Decode(bytes)!;
                return read.Status == response.Status
                    && read.Headers.SequenceEqual(response.Headers)
                    && read.Body.Span.SequenceEqual(response.Body.Span);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            var read = KeptResponseCodec.Decode(bytes ?? []);
            return read is null || KeptResponseCodec.Encode(read)!.AsSpan().SequenceEqual(bytes);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_record_that_is_cut_lengthened_or_altered_is_refused_or_another_one()
    {
        var bytes = KeptResponseCodec.Encode(Sample)!;

        Assert.NotNull(KeptResponseCodec.Decode(bytes));
        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Null(KeptResponseCodec.Decode(bytes.AsMemory(0, length))));
        Assert.Null(KeptResponseCodec.Decode(new byte[] { 0 }.Prepend((byte)1).Concat(bytes).ToArray()));
        Assert.Null(KeptResponseCodec.Decode(bytes.Append((byte)0).ToArray()));
        for (var at = 0; at < bytes.Length; at++)
        {
            foreach (var bit in Enumerable.Range(0, 8))
            {
                var altered = bytes.ToArray();
                altered[at] ^= (byte)(1 << bit);
                if (KeptResponseCodec.Decode(altered) is { } read)
                {
                    Assert.Equal(altered, KeptResponseCodec.Encode(read));
                }
            }
        }
    }

    [Fact]
    public void A_response_beyond_the_bounds_is_not_written()
    {
        Assert.Null(KeptResponseCodec.Encode(Sample with { Status = 99 }));
        Assert.Null(KeptResponseCodec.Encode(Sample with { Status = 1000 }));
        var many = new StringValues([.. Enumerable.Repeat("v", KeptResponseCodec.MaximumHeaders + 1)]);
        Assert.Null(KeptResponseCodec.Encode(Sample with { Headers = [new("Link", many)] }));
        Assert.Null(KeptResponseCodec.Encode(Sample with { Headers = [new("Link", "\ud800")] }));
    }
}

internal static class TextExtensions
{
    /// <summary>Whether a text has UTF-8.</summary>
    public static bool IsNormalizedText(this string text) =>
        text.EnumerateRunes().All(rune => rune.Value != 0xFFFD) || text.Contains('\ufffd', StringComparison.Ordinal);
}
