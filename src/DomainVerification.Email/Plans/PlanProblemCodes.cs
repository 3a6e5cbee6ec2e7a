namespace DomainVerification.Email;

/// <summary>The codes of a <see cref="PlanProblem"/>. <c>docs/dns-plans.md</c> lists them with their fixes.</summary>
public static class PlanProblemCodes
{
    /// <summary>DNS could not be asked what is at the name, so existing records are not known.</summary>
    public const string NotChecked = "not_checked";

    /// <summary>DNS could not be asked where the zone begins; the registrable domain was taken for it.</summary>
    public const string ZoneNotChecked = "zone_not_checked";

    /// <summary>The name is an alias, and nothing else may stand beside a CNAME record (RFC 1034, section 3.6.2).</summary>
    public const string CnameInTheWay = "cname_in_the_way";

    /// <summary>A DNAME record above the name redirects everything below it (RFC 6672).</summary>
    public const string DnameInTheWay = "dname_in_the_way";

    /// <summary>A CNAME record is to stand where other records are.</summary>
    public const string RecordsInTheWay = "records_in_the_way";

    /// <summary>The name is an alias of another target than the wanted one.</summary>
    public const string CnameDiffers = "cname_differs";

    /// <summary>The aliases at the name form a loop, are too many, or break the rules of DNS.</summary>
    public const string AliasBroken = "alias_broken";

    /// <summary>The name has other MX records than the wanted one; a MAIL FROM name must have exactly one.</summary>
    public const string MxDiffers = "mx_differs";

    /// <summary>The wanted MX record is there with another preference.</summary>
    public const string MxPreferenceDiffers = "mx_preference_differs";

    /// <summary>Another DKIM key is published for the selector.</summary>
    public const string DkimDiffers = "dkim_differs";

    /// <summary>More than one record is published for the DKIM selector, so receivers may pick any (RFC 6376, section 3.6.2.2).</summary>
    public const string DkimDuplicate = "dkim_duplicate";

    /// <summary>The value is there with quotation marks that belong to it.</summary>
    public const string QuotedValue = "quoted_value";

    /// <summary>The record stands at a name with the zone's name twice at its end.</summary>
    public const string DoubledName = "doubled_name";

    /// <summary>The record is there, but its target has the zone's name added at its end.</summary>
    public const string DoubledTarget = "doubled_target";

    /// <summary>What is seen at the name comes from a wildcard record; a record of the name itself takes its place.</summary>
    public const string WildcardAnswers = "wildcard_answers";

    /// <summary>The wanted records contradict each other: DNS cannot hold both.</summary>
    public const string WantedContradict = "wanted_contradict";

    /// <summary>The SPF record was merged with the one that is there.</summary>
    public const string SpfMerged = "spf_merged";

    /// <summary>There is more than one SPF record at the name, so none counts (RFC 7208, section 4.5).</summary>
    public const string SpfDuplicate = "spf_duplicate";

    /// <summary>The SPF record that is there breaks the grammar, so receivers reject it whole (RFC 7208, section 4.6).</summary>
    public const string SpfInvalid = "spf_invalid";

    /// <summary>The SPF record that is there ends in <c>redirect=</c>; what is inserted is asked before it.</summary>
    public const string SpfRedirect = "spf_redirect";

    /// <summary>The SPF record takes more than ten look-ups, so receivers give it up (RFC 7208, section 4.6.4).</summary>
    public const string SpfTooManyLookups = "spf_too_many_lookups";

    /// <summary>More than two look-ups of the SPF record find nothing (RFC 7208, section 4.6.4).</summary>
    public const string SpfTooManyVoidLookups = "spf_too_many_void_lookups";

    /// <summary>The SPF record leads back to itself.</summary>
    public const string SpfLoop = "spf_loop";

    /// <summary>The SPF record includes a name that has no SPF record, more than one, or a broken one.</summary>
    public const string SpfIncludeBroken = "spf_include_broken";

    /// <summary>Some look-ups of the SPF record could not be counted, because DNS failed or a name depends on the message.</summary>
    public const string SpfNotCounted = "spf_not_counted";

    /// <summary>The SPF record is longer than 450 octets, and may not fit into a UDP answer (RFC 7208, section 3.4).</summary>
    public const string SpfLong = "spf_long";

    /// <summary>The SPF record is longer than 512 octets, and does not fit into a plain UDP answer (RFC 7208, section 3.4).</summary>
    public const string SpfTooLong = "spf_too_long";

    /// <summary>Nobody told receivers what to do with forged mail: there is no DMARC record.</summary>
    public const string DmarcMissing = "dmarc_missing";

    /// <summary>Another DMARC record than the wanted one is there, and stays.</summary>
    public const string DmarcKept = "dmarc_kept";

    /// <summary>There is more than one DMARC record, so none counts (RFC 7489, section 6.6.3).</summary>
    public const string DmarcDuplicate = "dmarc_duplicate";

    /// <summary>The DMARC record is broken, so receivers ignore it.</summary>
    public const string DmarcInvalid = "dmarc_invalid";

    /// <summary>The DKIM domain of a sender does not align with its From domain (RFC 7489, section 3.1.1).</summary>
    public const string DmarcDkimMisaligned = "dmarc_dkim_misaligned";

    /// <summary>The MAIL FROM domain of a sender does not align with its From domain (RFC 7489, section 3.1.2).</summary>
    public const string DmarcSpfMisaligned = "dmarc_spf_misaligned";
}
