namespace DomainVerification.Dns;

/// <summary>What an answer section says of one name: data, or an alias, or a fault, or nothing.</summary>
internal readonly record struct AnswerStep(IReadOnlyList<DnsRecord> Data, DnsAlias? Alias, string? Fault)
{
    public static AnswerStep Take(IReadOnlyList<DnsRecord> answers, DnsName name, DnsQuestion question)
    {
        // Most answers are one record, which needs no list of its own.
        if (answers is [{ } only] && only.Type == question.Type && only.Class == question.Class && IsPlain(only, name))
        {
            return new AnswerStep(answers, null, null);
        }

        List<DnsRecord>? data = null;
        DnsCnameRecord? cname = null;
        DnsDnameRecord? dname = null;
        for (var i = 0; i < answers.Count; i++)
        {
            var record = answers[i];
            if (record.Class != question.Class)
            {
                continue;
            }

            if (record is DnsDnameRecord redirection && name.LabelCount > record.Name.LabelCount && name.IsSubdomainOf(record.Name))
            {
                if (dname is not null)
                {
                    return Bad("two_dnames_above_one_name");
                }

                dname = redirection;
            }

            if (record.Name != name)
            {
                continue;
            }

            if (record is DnsCnameRecord alias)
            {
                if (cname is not null)
                {
                    return Bad("two_cnames_at_one_name");
                }

                cname = alias;
            }

            if (record.Type == question.Type || question.Type == DnsRecordType.ANY)
            {
                (data ??= []).Add(record);
            }
        }

        return dname is not null ? Redirect(dname, cname, data, name, question) : Conclude(cname, data, name, question);
    }

    private static AnswerStep Conclude(DnsCnameRecord? cname, List<DnsRecord>? data, DnsName name, DnsQuestion question)
    {
        if (cname is null || AsksForAlias(question.Type))
        {
            return new AnswerStep(data is null ? [] : data, null, null);
        }

        if (data is null)
        {
            return new AnswerStep([], new DnsAlias(name, cname.Target, cname), null);
        }

        // The alias's own signature and proof of absence are the only records that may stand beside it (RFC 4034, section 3).
        return question.Type is DnsRecordType.RRSIG or DnsRecordType.NSEC ? new AnswerStep(data, null, null) : Bad("data_beside_cname");
    }

    // The CNAME that a server makes up for a DNAME proves nothing, so it is worked out again (RFC 6672, section 3.4).
    private static AnswerStep Redirect(
        DnsDnameRecord dname,
        DnsCnameRecord? cname,
        List<DnsRecord>? data,
        DnsName name,
        DnsQuestion question)
    {
        if (!name.TryReplaceSuffix(dname.Name, dname.Target, out var target))
        {
            return Bad("dname_target_too_long");
        }

        if (cname is not null && cname.Target != target)
        {
            return Bad("cname_contradicts_dname");
        }

        if (AsksForAlias(question.Type))
        {
            return new AnswerStep([new DnsCnameRecord(name, dname.TimeToLive, target) { Class = question.Class }], null, null);
        }

        return data is null ? new AnswerStep([], new DnsAlias(name, target, dname), null) : Bad("data_below_dname");
    }

    private static bool IsPlain(DnsRecord record, DnsName name) =>
        record.Type is not (DnsRecordType.CNAME or DnsRecordType.DNAME) && record.Name == name;

    private static bool AsksForAlias(DnsRecordType type) => type is DnsRecordType.CNAME or DnsRecordType.ANY;

    private static AnswerStep Bad(string fault) => new([], null, fault);
}
