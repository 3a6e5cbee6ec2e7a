using System.Buffers;

namespace DomainVerification.Dns;

/// <summary>Writes DNS messages, queries and responses, in wire format (RFC 1035, section 4.1), with names compressed.</summary>
public static class DnsMessageWriter
{
    /// <summary>The longest message, in octets: what the length field of DNS over TCP can say.</summary>
    public const int MaxMessageLength = ushort.MaxValue;

    /// <summary>Writes a message into a buffer.</summary>
    /// <param name="message">The message. Its response code may pass 15 only where it has <see cref="DnsMessage.Edns"/>.</param>
    /// <param name="destination">The buffer. After a failure its content means nothing.</param>
    /// <param name="written">The length of the message, in octets; 0 after a failure.</param>
    /// <returns>False where the message does not fit the buffer or passes <see cref="MaxMessageLength"/>.</returns>
    /// <exception cref="ArgumentException">The response code needs EDNS and the message has none.</exception>
    public static bool TryWrite(DnsMessage message, Span<byte> destination, out int written)
    {
        ArgumentNullException.ThrowIfNull(message);
        if ((ushort)message.ResponseCode > (message.Edns is null ? 0xF : 0xFFF))
        {
            throw new ArgumentException("The response code does not fit: from 16 on it needs EDNS, and it ends at 4095.", nameof(message));
        }

        DnsWireWriter writer = new(destination[..Math.Min(destination.Length, MaxMessageLength)]);
        WriteHeader(message, ref writer);
        foreach (var question in message.Questions)
        {
            writer.WriteName(question.Name);
            writer.WriteUInt16((ushort)question.Type);
            writer.WriteUInt16((ushort)question.Class);
        }

        WriteSection(message.Answers, ref writer);
        WriteSection(message.Authorities, ref writer);
        WriteSection(message.Additionals, ref writer);
        if (message.Edns is not null)
        {
            WriteEdns(message.Edns, message.ResponseCode, ref writer);
        }

        written = writer.Overflowed ? 0 : writer.Position;
        return !writer.Overflowed;
    }

    /// <summary>Writes a message into an array of its own.</summary>
    /// <param name="message">See <see cref="TryWrite"/>.</param>
    /// <exception cref="ArgumentException">The message passes <see cref="MaxMessageLength"/>, or its response code needs EDNS.</exception>
    public static byte[] Write(DnsMessage message)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxMessageLength);
        try
        {
            return TryWrite(message, buffer, out var written)
                ? buffer.AsSpan(0, written).ToArray()
                : throw new ArgumentException($"The message passes {MaxMessageLength} octets.", nameof(message));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes a query for one question, without a message in between.</summary>
    internal static bool TryWriteQuery(in QueryParts query, ushort id, Span<byte> destination, out int written)
    {
        DnsWireWriter writer = new(destination);
        writer.WriteUInt16(id);
        writer.WriteUInt16((ushort)(query.Flags & ~DnsHeaderFlags.Response));
        writer.WriteUInt16(1);
        writer.WriteUInt16(0);
        writer.WriteUInt16(0);
        writer.WriteUInt16((ushort)(query.Edns is null ? 0 : 1));
        writer.WriteUncompressedName(query.Question.Name);
        writer.WriteUInt16((ushort)query.Question.Type);
        writer.WriteUInt16((ushort)query.Question.Class);
        if (query.Edns is not null)
        {
            WriteEdns(query.Edns, DnsResponseCode.NoError, ref writer);
        }

        written = writer.Overflowed ? 0 : writer.Position;
        return !writer.Overflowed;
    }

    private static void WriteHeader(DnsMessage message, ref DnsWireWriter writer)
    {
        writer.WriteUInt16(message.Id);
        writer.WriteUInt16((ushort)((ushort)message.Flags | ((int)message.OpCode << 11) | ((ushort)message.ResponseCode & 0xF)));
        writer.WriteUInt16((ushort)message.Questions.Count);
        writer.WriteUInt16((ushort)message.Answers.Count);
        writer.WriteUInt16((ushort)message.Authorities.Count);
        writer.WriteUInt16((ushort)(message.Additionals.Count + (message.Edns is null ? 0 : 1)));
    }

    private static void WriteSection(IReadOnlyList<DnsRecord> records, ref DnsWireWriter writer)
    {
        foreach (var record in records)
        {
            writer.WriteRecord(record);
        }
    }

    private static void WriteEdns(DnsEdns edns, DnsResponseCode responseCode, ref DnsWireWriter writer)
    {
        // By index, because an enumerator of the list would be an object for every query.
        var length = 0;
        for (var i = 0; i < edns.Options.Count; i++)
        {
            length += 4 + edns.Options[i].Data.Length;
        }

        writer.WriteByte(0);
        writer.WriteUInt16((ushort)DnsRecordType.OPT);
        writer.WriteUInt16(edns.UdpPayloadSize);
        writer.WriteByte((byte)((ushort)responseCode >> 4));
        writer.WriteByte(edns.Version);
        writer.WriteUInt16((ushort)edns.Flags);
        writer.WriteUInt16((ushort)length);
        for (var i = 0; i < edns.Options.Count; i++)
        {
            var option = edns.Options[i];
            writer.WriteUInt16((ushort)option.Code);
            writer.WriteUInt16((ushort)option.Data.Length);
            writer.WriteOctets(option.Data.Span);
        }
    }
}
