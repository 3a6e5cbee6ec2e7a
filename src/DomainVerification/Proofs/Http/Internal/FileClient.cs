using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>
/// Sends one request for a file and reads its answer, within bounds. Every accident of a network or a server is an answer with a code.
/// </summary>
internal sealed class FileClient
{
    private readonly IHttpClientFactory _clients;
    private readonly FileCheckRoute? _route;
    private readonly TimeSpan _connectTimeout;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline<FileAnswer> _retries;

    public FileClient(
        IHttpClientFactory clients,
        IOptions<HttpFileProofOptions> options,
        TimeProvider time,
        IEnumerable<FileCheckRoute> routes)
    {
        _clients = clients;
        _route = routes.LastOrDefault();
        _connectTimeout = options.Value.ConnectTimeout;
        _time = time;
        _retries = Retries(options.Value.Retries, time);
    }

    /// <summary>Asks for a file; a request whose connection breaks, or whose server cannot answer, is sent again.</summary>
    /// <param name="url">What to ask for.</param>
    /// <param name="addresses">The only addresses to connect to.</param>
    /// <param name="isStrict">Whether a certificate must be valid.</param>
    /// <param name="deadline">Ends the call; then the answer says whether there was a connection.</param>
    public async Task<FileAnswer> GetAsync(Uri url, IReadOnlyList<IPAddress> addresses, bool isStrict, CancellationToken deadline)
    {
        FileAnswer? last = null;
        try
        {
            return await _retries
                .ExecuteAsync(
                    async token => last = await SendAsync(url, addresses, isStrict, token).ConfigureAwait(false),
                    deadline)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return last ?? new FileAnswer(new IPEndPoint(addresses[0], url.Port).ToString(), Codes.ConnectTimedOut);
        }
    }

    private async Task<FileAnswer> SendAsync(Uri url, IReadOnlyList<IPAddress> addresses, bool isStrict, CancellationToken deadline)
    {
        var dial = new PinnedDial(url, addresses, _route, _connectTimeout, _time, deadline);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        dial.AttachTo(request);
        try
        {
            using var client = _clients.CreateClient(isStrict ? FileClients.Strict : FileClients.AnyCertificate);
            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline)
                .ConfigureAwait(false);
            return new FileAnswer(dial.Server.ToString())
            {
                Status = (int)response.StatusCode,
                Location = response.Headers.TryGetValues("Location", out var locations) && locations.ToList() is [var one] ? one : null,
                Body = response.StatusCode == HttpStatusCode.OK
                    ? await ReadAsync(response.Content, deadline).ConfigureAwait(false)
                    : null,
            };
        }
        catch (OperationCanceledException)
        {
            return Failed(dial, dial.IsConnected ? Codes.ReadTimedOut : Codes.ConnectTimedOut);
        }
        catch (HttpRequestException failure)
        {
            return Failed(dial, dial.Failure ?? CodeOf(failure.HttpRequestError));
        }
        catch (IOException failure)
        {
            return Failed(dial, CodeOf((failure as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown));
        }
    }

    /// <summary>All of a short body; one octet more than is allowed is enough to know that it is too long.</summary>
    private static async Task<string?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > HttpFileProofOptions.MaximumFileLength)
        {
            return null;
        }

        var buffer = new byte[HttpFileProofOptions.MaximumFileLength + 1];
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var length = await stream
                .ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            return length == buffer.Length ? null : Encoding.Latin1.GetString(buffer, 0, length);
        }
    }

    private static FileAnswer Failed(PinnedDial dial, string code) => new(dial.Server.ToString(), code);

    private static string CodeOf(HttpRequestError error) => error switch
    {
        HttpRequestError.SecureConnectionError => Codes.TlsFailed,
        HttpRequestError.InvalidResponse
            or HttpRequestError.ConfigurationLimitExceeded
            or HttpRequestError.HttpProtocolError
            or HttpRequestError.VersionNegotiationError => Codes.MalformedResponse,
        _ => Codes.ConnectionBroken,
    };

    private static ResiliencePipeline<FileAnswer> Retries(int count, TimeProvider time) => count == 0
        ? ResiliencePipeline<FileAnswer>.Empty
        : new ResiliencePipelineBuilder<FileAnswer> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<FileAnswer>
            {
                MaxRetryAttempts = count,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = static tried => ValueTask.FromResult(
                    tried.Outcome.Result is { Code: Codes.ConnectionBroken }
                    || (tried.Outcome.Result is { Code: null } answer && FileStatus.IsFailure(answer.Status))),
            })
            .Build();
}
