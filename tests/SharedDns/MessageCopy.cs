using DomainVerification.Dns;

namespace DomainVerification.Tests.Shared;

internal static class MessageCopy
{
    /// <summary>The message with some of its parts replaced.</summary>
    public static DnsMessage Copy(
        this DnsMessage message,
        IReadOnlyList<DnsRecord>? answers = null,
        IReadOnlyList<DnsRecord>? authorities = null,
        IReadOnlyList<DnsRecord>? additionals = null,
        DnsResponseCode? code = null,
        DnsHeaderFlags? flags = null) => new()
        {
            Id = message.Id,
            Flags = flags ?? message.Flags,
            OpCode = message.OpCode,
            ResponseCode = code ?? message.ResponseCode,
            Questions = message.Questions,
            Answers = answers ?? message.Answers,
            Authorities = authorities ?? message.Authorities,
            Additionals = additionals ?? message.Additionals,
            Edns = message.Edns,
        };
}
