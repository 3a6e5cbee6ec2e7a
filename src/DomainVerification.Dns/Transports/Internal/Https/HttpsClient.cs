namespace DomainVerification.Dns;

/// <summary>
/// The HTTP client of one server, and the turns of those who ask it: many wait for answers at once, but each request goes out whole before
/// the next begins.
/// </summary>
/// <param name="handler">Reaches the server.</param>
/// <param name="isKept">Whether somebody else gives out the handler, and would do so again.</param>
internal sealed class HttpsClient(HttpMessageHandler handler, bool isKept) : IDisposable
{
    // BIND 9.18 works on a third of the hundred requests that it allows on a connection. It leaves one alone that has begun more than that, so
    // that they are never completed, and drops one that begins many before the first is complete.
    private const int MaxRequests = 32;

    private readonly SemaphoreSlim _turns = new(MaxRequests);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

    public bool IsKept => isKept;

    /// <summary>How many have taken the client and not given it back; the owner guards it.</summary>
    public int Users { get; set; }

    /// <summary>Sends a request when there is a turn, and reads its response while the turn lasts.</summary>
    public async ValueTask<T> SendAsync<T>(
        HttpRequestMessage request,
        QueryContent content,
        Func<HttpResponseMessage, ValueTask<T>> read,
        CancellationToken cancellationToken)
    {
        request.Content = content;
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var response = await SendAsync(request, content.Sent, cancellationToken).ConfigureAwait(false);
            return await read(response).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Closes the connections. Turns are given back later by those who have them.</summary>
    public void Dispose()
    {
        _invoker.Dispose();

        // Whoever keeps a handler wraps it, so that it outlives those who got it.
        HttpsHandler.Innermost(handler).Dispose();
    }

    private async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, Task sent, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        Task<HttpResponseMessage> response;
        try
        {
            response = _invoker.SendAsync(request, cancellationToken);
            await Task.WhenAny(response, sent).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }

        return await response.ConfigureAwait(false);
    }
}
