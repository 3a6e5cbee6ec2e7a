using DomainVerification.Proofs.Internal;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Http.Internal;

/// <summary>One check's way to its file: look the host up, ask, follow, and again.</summary>
internal sealed class FileFetch(HostAddresses addresses, FileClient client, Redirects redirects, TimeProvider time)
{
    private readonly List<ProofObservation> _observations = [];

    public IReadOnlyList<ProofObservation> Observations => _observations;

    public Redirects Redirects => redirects;

    /// <summary>What the file holds; <see langword="null"/> where there is none, or one too long.</summary>
    public string? Content { get; private set; }

    public TimeSpan? NegativeTtl { get; private set; }

    public async Task<FileEnd> RunAsync(Uri url, CancellationToken deadline)
    {
        var isStrict = url.Scheme == Uri.UriSchemeHttps;
        while (true)
        {
            var started = time.GetTimestamp();
            var answer = await AskAsync(url, isStrict, deadline).ConfigureAwait(false);
            Observe(url, answer, time.GetElapsedTime(started));
            var end = new FileEnd(answer.Code ?? string.Empty, url, answer.Server, answer.Status);
            if (answer.Code is not null)
            {
                return end;
            }

            if (answer.Status == 200)
            {
                Content = answer.Body;
                return end with { Code = Content is null ? Codes.FileTooLarge : Codes.ContentMismatch };
            }

            if (!FileStatus.IsRedirect(answer.Status))
            {
                return end with { Code = FileStatus.CodeOf(answer.Status) };
            }

            var step = redirects.Next(answer.Status, answer.Location);
            if (step.Target is null)
            {
                return end with { Code = step.Code!, Why = step.Why };
            }

            url = step.Target;
        }
    }

    private async Task<FileAnswer> AskAsync(Uri url, bool isStrict, CancellationToken deadline)
    {
        HostLookup lookup;
        try
        {
            lookup = await addresses.FindAsync(url, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lookup = new HostLookup([], Codes.HostLookupFailed);
        }

        NegativeTtl = lookup.NegativeTtl;
        return lookup.Code is { } code
            ? new FileAnswer(url.IdnHost, code)
            : await client.GetAsync(url, lookup.Addresses, isStrict, deadline).ConfigureAwait(false);
    }

    private void Observe(Uri url, FileAnswer answer, TimeSpan elapsed) => _observations.Add(new ProofObservation
    {
        Server = answer.Server,
        Transport = url.Scheme,
        Question = $"GET {ObservedText.Show(url.AbsoluteUri)}",
        Answer = answer.Seen,
        Elapsed = elapsed,
    });
}
