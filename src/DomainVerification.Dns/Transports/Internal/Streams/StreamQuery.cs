using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Dns;

/// <summary>One sending of a query on one connection, which others share. The connection guards what can change.</summary>
internal sealed class StreamQuery : IDisposable
{
    private readonly TaskCompletionSource<StreamReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DnsQuery _query;
    private readonly DnsTransportKind _kind;
    private OutgoingQuery _outgoing;

    public StreamQuery(DnsQuery query, DnsTransportKind kind)
    {
        (_query, _kind) = (query, kind);
        Renew();
    }

    public Task<StreamReply> Reply => _reply.Task;

    /// <summary>How many messages were passed over while the query waited.</summary>
    public int Ignored { get; set; }

    /// <summary>Whether the asker has gone.</summary>
    public bool IsAbandoned { get; set; }

    public ushort Id { get; private set; }

    public ReadOnlySpan<byte> PrefixedMessage => _outgoing.PrefixedMessage.Span;

    /// <summary>Takes another random id, where the connection has one of this number under way.</summary>
    [MemberNotNull(nameof(_outgoing))]
    public void Renew()
    {
        _outgoing?.Dispose();
        _outgoing = new OutgoingQuery(_query, _kind);
        Id = BinaryPrimitives.ReadUInt16BigEndian(_outgoing.Message.Span);
    }

    /// <summary>Judges a message with the query's id; null where it is no response to the query.</summary>
    public StreamReply? Judge(Span<byte> message) => _outgoing.Judge(message, out var response, out var error) switch
    {
        PacketVerdict.Accepted => StreamReply.Answered(response!),
        PacketVerdict.Truncated => StreamReply.Malformed(_kind == DnsTransportKind.Tls ? "truncated_over_tls" : "truncated_over_tcp"),
        PacketVerdict.Malformed => StreamReply.Malformed(error.Code),
        _ => null,
    };

    /// <summary>Ends the query; the connection will not touch it again.</summary>
    public void End(StreamReply reply) => _reply.TrySetResult(reply);

    /// <summary>Ends the query by an exception that is no fault of a network or a server.</summary>
    public void Fail(Exception exception) => _reply.TrySetException(exception);

    /// <summary>Gives the octets back. Only after the end: the connection may be judging what came for an abandoned query.</summary>
    public void Dispose() => _outgoing.Dispose();
}
