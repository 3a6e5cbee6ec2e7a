namespace DomainVerification.Dns;

/// <summary>What a look-up holds beside its outcome. Settable only while the look-up is made.</summary>
internal sealed record LookupParts
{
    public IReadOnlyList<DnsRecord> Records { get; set; } = [];

    public IReadOnlyList<DnsAlias> Aliases { get; set; } = [];

    /// <summary>Null where they are not made yet, or there are none.</summary>
    public IReadOnlyList<DnsAttempt>? Attempts { get; set; }

    /// <inheritdoc cref="Attempts"/>
    public IReadOnlyList<DnsServerView>? Servers { get; set; }

    public DnsName? Zone { get; set; }

    public string? Detail { get; set; }

    public TimeSpan? NegativeTtl { get; set; }

    public TimeSpan? RetryAfter { get; set; }
}
