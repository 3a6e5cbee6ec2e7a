using System.Security.Cryptography;
using System.Text;
using DomainVerification.Diagnostics;
using DomainVerification.Proofs.Internal;
using DomainVerification.PublicSuffixes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>Looks for a file on a web server. Whoever asked for the check chose the host, so nothing but public web servers is reached.</summary>
internal sealed class HttpFileProofChecker : IHttpProofChecker
{
    private readonly HostAddresses _addresses;
    private readonly FileClient _client;
    private readonly IPublicSuffixList _suffixes;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;

    public HttpFileProofChecker(
        HostAddresses addresses,
        FileClient client,
        IPublicSuffixList suffixes,
        IOptions<HttpFileProofOptions> options,
        TimeProvider time,
        IEnumerable<FileCheckRoute> routes,
        ILogger<HttpFileProofChecker> logger)
    {
        (_addresses, _client, _suffixes, _deadline, _time) = (addresses, client, suffixes, options.Value.Deadline, time);
        if (routes.LastOrDefault() is { } route)
        {
            DomainVerificationDiagnostics.Log.FileChecksRouted(logger, route.HttpPort, route.HttpsPort);
        }
    }

    public IReadOnlyCollection<ProofMethod> Methods { get; } = [ProofMethod.HttpFile];

    public async ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var started = _time.GetTimestamp();
        using var limit = new CancellationTokenSource(_deadline, _time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var url = new Uri(request.Record.Name);
        var fetch = new FileFetch(_addresses, _client, new Redirects(url, _suffixes), _time);
        var end = await fetch.RunAsync(url, ending.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var content = fetch.Content?.TrimEnd(' ', '\t', '\r', '\n');
        if (content is not null)
        {
            end = end with { Code = await JudgeAsync(content, request, cancellationToken).ConfigureAwait(false) };
        }

        var now = _time.GetUtcNow();
        return new ProofReport
        {
            Outcome = FileDiagnosis.Outcome(end.Code),
            Diagnosis = FileDiagnosis.Of(end),
            Evidence = end.Code == Codes.Proved ? Evidence(request.Record, end, fetch, content!, now) : null,
            Observations = fetch.Observations,
            CheckedAt = now,
            Elapsed = _time.GetElapsedTime(started),
            RetryAfter = fetch.NegativeTtl,
        };
    }

    private static async Task<string> JudgeAsync(string content, ProofRequest request, CancellationToken cancellationToken) =>
        TokenExtractor.Extract(content, request.Record.ValueFormat) is not { } token
            ? Codes.ContentMismatch
            : await request.Token.MatchAsync(token, cancellationToken).ConfigureAwait(false) switch
            {
                TokenMatch.Current => Codes.Proved,
                TokenMatch.Spent => Codes.TokenSpent,
                _ => Codes.ContentMismatch,
            };

    private static ProofEvidence Evidence(ChallengeRecord record, FileEnd end, FileFetch fetch, string content, DateTimeOffset now) => new()
    {
        Method = record.Method,
        RecordName = record.Name,
        Server = end.Server,
        Aliases = [.. fetch.Redirects.Followed.Select(url => ObservedText.Show(url.AbsoluteUri))],
        ValueDigest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content))),
        ObservedAt = now,
    };
}
