using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>
/// Reads DNS messages, queries and responses, from wire format (RFC 1035, section 4.1). A message is read whole or not at all, and no
/// octets, however hostile, make reading throw or take more than a bounded time.
/// </summary>
/// <remarks>
/// Compression pointers go strictly backwards and are counted; data must fill its length field exactly; types without a class of their own
/// are kept as <see cref="DnsUnknownRecord"/>. Octets after the last record are refused: nothing that counts the records put them there, so
/// whoever did has broken or changed the message.
/// </remarks>
public static class DnsMessageReader
{
    /// <summary>The most records that one message may hold, all three sections together.</summary>
    public const int MaxRecords = 1024;

    /// <summary>The most compression pointers that one name may hold.</summary>
    public const int MaxPointersPerName = 32;

    /// <summary>The most EDNS options that one message may hold.</summary>
    public const int MaxEdnsOptions = 32;

    // What nearly all responses over UDP fit into.
    private const int MaxKeptLength = DnsEdns.DefaultUdpPayloadSize;

    private const int FlagMask = 0x87B0;

    /// <summary>Reads a message.</summary>
    /// <param name="octets">The message, without the length that precedes it over TCP.</param>
    /// <param name="message">The message; null where the octets are not one.</param>
    /// <param name="error">What is wrong, and where.</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, [NotNullWhen(true)] out DnsMessage? message, out DnsReadError error)
    {
        DnsWireReader reader = new(octets);
        message = octets.Length > DnsMessageWriter.MaxMessageLength ? null : ReadMessage(ref reader);
        if (octets.Length > DnsMessageWriter.MaxMessageLength)
        {
            reader.Fail(DnsReadErrorKind.MessageTooLong);
        }

        error = reader.Error;
        return message is not null;
    }

    /// <summary>
    /// Reads a response whose question is known to be <paramref name="question"/>, octet by octet, and uses the objects that are there.
    /// </summary>
    internal static bool TryReadResponse(
        ReadOnlySpan<byte> octets,
        DnsQuestion question,
        [NotNullWhen(true)] out DnsMessage? message,
        out DnsReadError error)
    {
        // One copy holds all that the records do not need objects for. A long message would be held for a short record.
        var isShort = octets.Length <= MaxKeptLength;
        DnsWireReader reader = isShort ? new(octets.ToArray().AsMemory()) : new(octets);
        message = ReadMessage(ref reader, question);
        error = reader.Error;
        return message is not null;
    }

    /// <summary>Reads the records behind the answers, which <see cref="DnsRestReader"/> has passed over before.</summary>
    internal static DnsMessage ReadRest(ReadOnlyMemory<byte> octets, int start, int authorityCount, int additionalCount)
    {
        DnsWireReader reader = new(octets) { Position = start };
        DnsEdns? edns = null;
        return new DnsMessage
        {
            Authorities = ReadSection(ref reader, authorityCount),
            Additionals = ReadAdditionals(ref reader, additionalCount, ref edns, out _),
        };
    }

    private static DnsMessage? ReadMessage(ref DnsWireReader reader, DnsQuestion? known = null)
    {
        reader.TryReadUInt16(out var id);
        reader.TryReadUInt16(out var bits);
        reader.TryReadUInt16(out var questionCount);
        reader.TryReadUInt16(out var answerCount);
        reader.TryReadUInt16(out var authorityCount);
        if (!reader.TryReadUInt16(out var additionalCount))
        {
            return null;
        }

        if (questionCount > 1)
        {
            reader.Fail(DnsReadErrorKind.TooManyQuestions);
        }
        else if (answerCount + authorityCount + additionalCount > MaxRecords)
        {
            reader.Fail(DnsReadErrorKind.TooManyRecords);
        }

        // Every read after a fault answers false or empty, so one look at the error at the end is enough.
        DnsEdns? edns = null;
        var question = known is not null && questionCount == 1
            ? TakeQuestion(ref reader, known)
            : ReadQuestion(ref reader, questionCount);
        var answers = ReadSection(ref reader, answerCount);
        DnsRecord[]? authorities = null;
        DnsRecord[]? additionals = null;
        var rest = PassRest(ref reader, answerCount, authorityCount, additionalCount, ref edns, out var extendedCode);
        if (rest is null)
        {
            authorities = ReadSection(ref reader, authorityCount);
            additionals = ReadAdditionals(ref reader, additionalCount, ref edns, out extendedCode);
        }

        if (reader.Remaining > 0)
        {
            reader.Fail(DnsReadErrorKind.TrailingOctets);
        }

        return reader.Error.Kind != DnsReadErrorKind.None ? null : new DnsMessage
        {
            Id = id,
            Flags = (DnsHeaderFlags)(bits & FlagMask),
            OpCode = (DnsOpCode)((bits >> 11) & 0xF),
            ResponseCode = (DnsResponseCode)((bits & 0xF) | extendedCode),
            Question = question,
            Answers = answers,
            Authorities = authorities!,
            Additionals = additionals!,
            Rest = rest,
            Edns = edns,
        };
    }

    /// <summary>Passes over what stands behind answers, for whoever wants it later; null where it has to be read now.</summary>
    private static DnsMessageRest? PassRest(
        ref DnsWireReader reader,
        int answerCount,
        int authorityCount,
        int additionalCount,
        ref DnsEdns? edns,
        out int extendedCode)
    {
        extendedCode = 0;
        if (answerCount == 0 || reader.Owned.IsEmpty || reader.Error.Kind != DnsReadErrorKind.None)
        {
            return null;
        }

        var passing = reader;
        if (!DnsRestReader.TryPass(ref passing, authorityCount, additionalCount, out var passed, out var code))
        {
            return null;
        }

        DnsMessageRest rest = new(reader.Owned, reader.Position, authorityCount, additionalCount);
        reader = passing;
        (edns, extendedCode) = (passed, code);
        return rest;
    }

    private static DnsQuestion? ReadQuestion(ref DnsWireReader reader, int count)
    {
        if (count == 0 || !reader.TryReadName(out var name))
        {
            return null;
        }

        reader.TryReadUInt16(out var type);
        return reader.TryReadUInt16(out var recordClass)
            ? new DnsQuestion(name, (DnsRecordType)type, (DnsRecordClass)recordClass)
            : null;
    }

    private static DnsQuestion? TakeQuestion(ref DnsWireReader reader, DnsQuestion known)
    {
        reader.TakeName(known.Name);
        reader.TryReadUInt16(out _);
        return reader.TryReadUInt16(out _) ? known : null;
    }

    private static DnsRecord[] ReadSection(ref DnsWireReader reader, int count)
    {
        // The count is only believed once the records are there.
        List<DnsRecord>? records = null;
        for (var i = 0; i < count; i++)
        {
            if (!DnsRecordHeader.TryRead(ref reader, out var header))
            {
                return [];
            }

            if (header.Type == DnsRecordType.OPT)
            {
                reader.Fail(DnsReadErrorKind.BadEdns);
            }

            if (!DnsRecordReader.TryRead(ref reader, header, out var record))
            {
                return [];
            }

            if (count == 1)
            {
                return [record];
            }

            records ??= [];
            records.Add(record);
        }

        return records is null ? [] : [.. records];
    }

    private static DnsRecord[] ReadAdditionals(ref DnsWireReader reader, int count, ref DnsEdns? edns, out int extendedCode)
    {
        extendedCode = 0;
        List<DnsRecord>? records = null;
        for (var i = 0; i < count; i++)
        {
            if (!DnsRecordHeader.TryRead(ref reader, out var header))
            {
                return [];
            }

            if (header.Type == DnsRecordType.OPT)
            {
                if (edns is not null)
                {
                    reader.Fail(DnsReadErrorKind.BadEdns);
                }

                if (!DnsEdnsReader.TryRead(ref reader, header, out edns))
                {
                    return [];
                }

                extendedCode = (int)(header.RawTimeToLive >> 24) << 4;
                continue;
            }

            if (!DnsRecordReader.TryRead(ref reader, header, out var record))
            {
                return [];
            }

            records ??= [];
            records.Add(record);
        }

        return records is null ? [] : [.. records];
    }
}
