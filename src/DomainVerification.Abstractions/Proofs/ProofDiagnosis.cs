namespace DomainVerification;

/// <summary>Why a check ended as it did.</summary>
/// <param name="Code">One of <see cref="ProofDiagnosisCodes"/>.</param>
/// <param name="Message">What was seen, as an English sentence.</param>
/// <param name="Fix">What to do about it, as an English sentence; <see langword="null"/> where there is nothing to do.</param>
public sealed record ProofDiagnosis(string Code, string Message, string? Fix = null);

/// <summary>The codes of a <see cref="ProofDiagnosis"/>. <c>docs/refusals.md</c> lists them with their fixes.</summary>
public static class ProofDiagnosisCodes
{
    /// <summary>The proof is published.</summary>
    public const string Proved = "proved";

    /// <summary>The name of the record does not exist, or has no record of the type.</summary>
    public const string RecordNotFound = "record_not_found";

    /// <summary>There are records, and none holds the token.</summary>
    public const string ValueMismatch = "value_mismatch";

    /// <summary>The value has quotation marks, straight or typographic, or backslashes in it.</summary>
    public const string ValueQuoted = "value_quoted";

    /// <summary>The value has white space in it that does not belong there.</summary>
    public const string ValueSpaced = "value_spaced";

    /// <summary>The token is there in other upper and lower case.</summary>
    public const string ValueCaseChanged = "value_case_changed";

    /// <summary>Only the beginning of the token is there.</summary>
    public const string ValueCut = "value_cut";

    /// <summary>The token is spread over several records.</summary>
    public const string ValueSplit = "value_split";

    /// <summary>The record stands at its name with the domain added once more, as editors do that add it by themselves.</summary>
    public const string RecordNameDoubled = "record_name_doubled";

    /// <summary>The record stands at the domain itself, without its label.</summary>
    public const string RecordAtDomain = "record_at_domain";

    /// <summary>The record stands at another name close by: without the underscore, or under the domain above or below.</summary>
    public const string RecordAtOtherName = "record_at_other_name";

    /// <summary>A CNAME record at the name, or a wildcard above it, sends the name elsewhere, where no token is.</summary>
    public const string CnameInTheWay = "cname_in_the_way";

    /// <summary>A DNAME record above the name sends it elsewhere, where no token is (RFC 6672).</summary>
    public const string DnameInTheWay = "dname_in_the_way";

    /// <summary>The records are those of a wildcard (RFC 4592), which answers for every name.</summary>
    public const string WildcardAnswer = "wildcard_answer";

    /// <summary>The registrable domain does not exist in DNS: not registered, lapsed, or not delegated.</summary>
    public const string DomainNotFound = "domain_not_found";

    /// <summary>The only token that was found belongs to an earlier challenge.</summary>
    public const string TokenSpent = "token_spent";

    /// <summary>The alias of a delegated challenge points somewhere else.</summary>
    public const string DelegationMismatch = "delegation_mismatch";

    /// <summary>The aliases at the name form a loop, are too many, or break the rules of DNS.</summary>
    public const string AliasBroken = "alias_broken";

    /// <summary>The answer holds more records, or larger ones, than any proof needs.</summary>
    public const string AnswerTooLarge = "answer_too_large";

    /// <summary>Every server that was asked failed (SERVFAIL): often broken DNSSEC, or name servers that cannot be reached.</summary>
    public const string ServerFailure = "server_failure";

    /// <summary>Every server that was asked refused to answer.</summary>
    public const string ServerRefused = "server_refused";

    /// <summary>Some of the zone's servers hold the token, but not enough of them yet.</summary>
    public const string PublishedOnSomeServers = "published_on_some_servers";

    /// <summary>The zone's servers contradict each other, and no answer has more than half of them behind it.</summary>
    public const string ServersDisagree = "servers_disagree";

    /// <summary>The zone is delegated to servers of which none serves it, or that cannot be found (RFC 9499, "lame delegation").</summary>
    public const string LameDelegation = "lame_delegation";

    /// <summary>Neither the servers of the Internet's DNS nor the configured ones can be reached from the host: outgoing DNS is blocked.</summary>
    public const string DnsBlocked = "dns_blocked";

    /// <summary>No server answered in time.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>No server could be reached.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The answers could not be understood.</summary>
    public const string MalformedAnswer = "malformed_answer";

    /// <summary>A file is looked for, and the host has no address.</summary>
    public const string HostNotFound = "host_not_found";

    /// <summary>A file is looked for, and the addresses of the host could not be found out.</summary>
    public const string HostLookupFailed = "host_lookup_failed";

    /// <summary>The host has no address of the public internet, and no other is connected to.</summary>
    public const string AddressRefused = "address_refused";

    /// <summary>No connection to the web server was made in time: often a firewall.</summary>
    public const string ConnectTimedOut = "connect_timed_out";

    /// <summary>The machine refuses connections: no web server is there.</summary>
    public const string ConnectionRefused = "connection_refused";

    /// <summary>There is no way to the web server.</summary>
    public const string HostUnreachable = "host_unreachable";

    /// <summary>The web server took the connection and did not answer in time.</summary>
    public const string ReadTimedOut = "read_timed_out";

    /// <summary>The web server ended the connection before its answer was whole.</summary>
    public const string ConnectionBroken = "connection_broken";

    /// <summary>No TLS connection could be made, or the certificate is not valid.</summary>
    public const string TlsFailed = "tls_failed";

    /// <summary>The answer is no HTTP that we can read, or its headers are too large.</summary>
    public const string MalformedResponse = "malformed_response";

    /// <summary>The web server says that the file is not there (404 or 410).</summary>
    public const string FileNotFound = "file_not_found";

    /// <summary>The web server answered with a status other than 200.</summary>
    public const string WrongStatus = "wrong_status";

    /// <summary>The web server says that it cannot answer now (408, 425, 429, or 500 and above).</summary>
    public const string WebServerFailure = "web_server_failure";

    /// <summary>The file is there, and it does not hold the token.</summary>
    public const string ContentMismatch = "content_mismatch";

    /// <summary>The file is larger than any proof.</summary>
    public const string FileTooLarge = "file_too_large";

    /// <summary>The web server redirects in a way, or to a place, that is not followed.</summary>
    public const string RedirectRefused = "redirect_refused";

    /// <summary>The redirects lead back to a URL that was there before.</summary>
    public const string RedirectLoop = "redirect_loop";

    /// <summary>There are more redirects in a row than are followed.</summary>
    public const string TooManyRedirects = "too_many_redirects";
}
