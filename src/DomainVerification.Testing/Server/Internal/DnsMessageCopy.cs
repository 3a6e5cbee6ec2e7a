using DomainVerification.Dns;

namespace DomainVerification.Testing;

/// <summary>Copies of messages with some parts changed.</summary>
internal static class DnsMessageCopy
{
    public static DnsMessage With(
        this DnsMessage message,
        ushort? id = null,
        IReadOnlyList<DnsQuestion>? questions = null,
        IReadOnlyList<DnsRecord>? answers = null) => new()
        {
            Id = id ?? message.Id,
            Flags = message.Flags,
            OpCode = message.OpCode,
            ResponseCode = message.ResponseCode,
            Questions = questions ?? message.Questions,
            Answers = answers ?? message.Answers,
            Authorities = message.Authorities,
            Additionals = message.Additionals,
            Edns = message.Edns,
        };

    /// <summary>The message without records and with the TC flag.</summary>
    public static DnsMessage Truncated(this DnsMessage message) => new()
    {
        Id = message.Id,
        Flags = message.Flags | DnsHeaderFlags.Truncated,
        OpCode = message.OpCode,
        ResponseCode = message.ResponseCode,
        Questions = message.Questions,
        Edns = message.Edns,
    };

    /// <summary>The message as one writes it who does not know EDNS.</summary>
    public static DnsMessage WithoutEdns(this DnsMessage message) => new()
    {
        Id = message.Id,
        Flags = message.Flags,
        OpCode = message.OpCode,
        ResponseCode = message.ResponseCode,
        Questions = message.Questions,
        Answers = message.Answers,
        Authorities = message.Authorities,
        Additionals = message.Additionals,
    };
}
