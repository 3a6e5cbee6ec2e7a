using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>
/// The format of a kept response before it is encrypted, big-endian: the version (1 byte, 1), the status (2), the number of headers (2),
/// for each header its name, the number of its values (2) and the values, then the body. A text is its length in bytes (4) and its UTF-8;
/// the body is its length (4) and its bytes; nothing follows.
/// </summary>
internal static class KeptResponseCodec
{
    public const int MaximumHeaders = 256;

    private const byte Version = 1;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes; <see langword="null"/> for a response that the format cannot take.</summary>
    public static byte[]? Encode(KeptResponse response)
    {
        if (response.Status is < 100 or > 999 || response.Headers.Sum(header => Math.Max(1, header.Value.Count)) > MaximumHeaders)
        {
            return null;
        }

        try
        {
            var writer = new ArrayBufferWriter<byte>(response.Body.Length + 256);
            writer.Write([Version]);
            Write(writer, (ushort)response.Status);
            Write(writer, (ushort)response.Headers.Count);
            foreach (var (name, values) in response.Headers)
            {
                Write(writer, Utf8.GetBytes(name));
                Write(writer, (ushort)values.Count);
                foreach (var value in values)
                {
                    Write(writer, Utf8.GetBytes(value ?? string.Empty));
                }
            }

            Write(writer, response.Body.Span);
            return writer.WrittenSpan.ToArray();
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The response; <see langword="null"/> for bytes that <see cref="Encode"/> did not write.</summary>
    public static KeptResponse? Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var reader = new Reader(bytes);
            if (reader.Byte() != Version
                || reader.Number() is not (>= 100 and <= 999 and var status)
                || reader.Number() is not (<= MaximumHeaders and var count))
            {
                return null;
            }

            var left = MaximumHeaders;
            var headers = new List<KeyValuePair<string, StringValues>>(count);
            for (var i = 0; i < count; i++)
            {
                var name = reader.Text();
                var values = reader.Number();
                left -= Math.Max(1, values);
                if (name.Length == 0 || left < 0)
                {
                    return null;
                }

                headers.Add(new(name, Enumerable.Range(0, values).Select(_ => reader.Text()).ToArray()));
            }

            var body = reader.Bytes();
            return reader.IsAtEnd ? new KeptResponse(status, headers, body) : null;
        }
        catch (Exception exception) when (exception is ArgumentOutOfRangeException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static void Write(ArrayBufferWriter<byte> writer, ushort number)
    {
        BinaryPrimitives.WriteUInt16BigEndian(writer.GetSpan(sizeof(ushort)), number);
        writer.Advance(sizeof(ushort));
    }

    private static void Write(ArrayBufferWriter<byte> writer, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(sizeof(int)), bytes.Length);
        writer.Advance(sizeof(int));
        BuffersExtensions.Write(writer, bytes);
    }

    private sealed class Reader(ReadOnlyMemory<byte> bytes)
    {
        private int _at;

        public bool IsAtEnd => _at == bytes.Length;

        public byte Byte() => Take(1).Span[0];

        public int Number() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)).Span);

        public string Text() => Utf8.GetString(Bytes().Span);

        public ReadOnlyMemory<byte> Bytes() => Take(BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)).Span));

        /// <summary>Slicing checks the length before anything is made of it.</summary>
        private ReadOnlyMemory<byte> Take(int count)
        {
            var taken = bytes.Slice(_at, count);
            _at += count;
            return taken;
        }
    }
}
