using System.Net;
using System.Net.Http.Headers;

namespace DomainVerification.Dns;

/// <summary>A query as the body of a request, which tells when it has gone out.</summary>
internal sealed class QueryContent : HttpContent
{
    private readonly byte[] _query;
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueryContent(byte[] query, MediaTypeHeaderValue mediaType)
    {
        _query = query;
        Headers.ContentType = mediaType;
    }

    public Task Sent => _sent.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_query, cancellationToken).ConfigureAwait(false);
        _sent.TrySetResult();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _query.Length;
        return true;
    }
}
