using DomainVerification.Dns;
using Library = global::DnsClient;

namespace DomainVerification.DnsClient;

/// <summary>Responses of the library as messages, after the checks that it leaves out.</summary>
internal static class DnsClientResponse
{
    /// <summary>
    /// Takes a response only where it answers the very question (RFC 5452, section 9.1) and all of its answer can be read.
    /// </summary>
    public static ExchangeEnd Read(Library.IDnsQueryResponse response, DnsQuestion question)
    {
        Library.DnsResponseHeader header = response.Header;
        if (!header.HasQuery || header.OPCode != Library.DnsOpCode.Query || !Repeats(response.Questions, question))
        {
            return new ExchangeEnd(DnsExchangeOutcome.Mismatched, Detail: "question_mismatch");
        }

        if (header.ResultTruncated)
        {
            return new ExchangeEnd(DnsExchangeOutcome.Truncated);
        }

        List<DnsRecord> answers = [];
        foreach (Library.Protocol.DnsResourceRecord record in response.Answers)
        {
            RecordReading reading = DnsClientRecord.Read(record);
            if (reading.Fault is not null && IsWanted(record, question))
            {
                return new ExchangeEnd(DnsExchangeOutcome.Malformed, Detail: reading.Fault);
            }

            if (reading.Record is not null)
            {
                answers.Add(reading.Record);
            }
        }

        return new ExchangeEnd(DnsExchangeOutcome.Answered, MakeMessage(response, question, answers));
    }

    private static DnsMessage MakeMessage(Library.IDnsQueryResponse response, DnsQuestion question, List<DnsRecord> answers) => new()
    {
        Id = (ushort)response.Header.Id,
        Flags = ReadFlags(response.Header),
        ResponseCode = ReadCode(response),
        Questions = [question],
        Answers = answers,
        Authorities = [.. response.Authorities.Select(record => DnsClientRecord.Read(record).Record).OfType<DnsRecord>()],
    };

    private static bool Repeats(IReadOnlyList<Library.DnsQuestion> questions, DnsQuestion question) =>
        questions is [{ } echoed]
        && (DnsRecordType)echoed.QuestionType == question.Type
        && (DnsRecordClass)echoed.QuestionClass == question.Class
        && DnsClientNames.TryReadPlain(echoed.QueryName, out DnsName? name)
        && name == question.Name;

    // An alias that cannot be read must not look like no alias; a signature beside the data may.
    private static bool IsWanted(Library.Protocol.DnsResourceRecord record, DnsQuestion question) =>
        (DnsRecordType)record.RecordType is DnsRecordType.CNAME or DnsRecordType.DNAME
        || (DnsRecordType)record.RecordType == question.Type
        || question.Type == DnsRecordType.ANY;

    private static DnsHeaderFlags ReadFlags(Library.DnsResponseHeader header) =>
        DnsHeaderFlags.Response
        | (header.HasAuthorityAnswer ? DnsHeaderFlags.AuthoritativeAnswer : 0)
        | (header.RecursionDesired ? DnsHeaderFlags.RecursionDesired : 0)
        | (header.RecursionAvailable ? DnsHeaderFlags.RecursionAvailable : 0)
        | (header.IsAuthenticData ? DnsHeaderFlags.AuthenticData : 0)
        | (header.IsCheckingDisabled ? DnsHeaderFlags.CheckingDisabled : 0);

    // The library looks at the header alone, in which BADVERS looks like no error (RFC 6891, section 6.1.3).
    private static DnsResponseCode ReadCode(Library.IDnsQueryResponse response)
    {
        Library.DnsResponseCode upperBits = response.Additionals.OfType<Library.Protocol.Options.OptRecord>()
            .Select(edns => edns.ResponseCodeEx)
            .FirstOrDefault();
        return (DnsResponseCode)((int)upperBits | (int)response.Header.ResponseCode);
    }
}
