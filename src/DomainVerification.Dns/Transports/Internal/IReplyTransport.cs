namespace DomainVerification.Dns;

/// <summary>A transport that need not make an exchange of every answer.</summary>
internal interface IReplyTransport
{
    /// <summary>As <see cref="IDnsTransport.ExchangeAsync"/>, where an answer may be a text alone.</summary>
    ValueTask<DnsReply> AskAsync(DnsServerEndpoint server, in QueryParts query, TimeSpan timeout, CancellationToken cancellationToken);
}
