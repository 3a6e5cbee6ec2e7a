namespace DomainVerification.Testing;

/// <summary>Something that a server sends.</summary>
internal readonly record struct ServerSend(byte[] Octets, SendManner Manner);

/// <summary>How a server sends it.</summary>
internal enum SendManner
{
    Normal,
    FromOtherPort,
    HalfThenClose,
    Close,
}
