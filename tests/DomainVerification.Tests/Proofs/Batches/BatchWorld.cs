using DomainVerification.Names.Internal;
using DomainVerification.Proofs.Internal;
using DomainVerification.PublicSuffixes;
using DomainVerification.Testing;
using DomainVerification.Tests.Proofs.Http;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Tests.Proofs.Batches;

/// <summary>
/// Proofs at <c>n0.acme.example</c>, <c>n1.acme.example</c> and so on, of which those with an even number are published, and a checker for them.
/// </summary>
internal sealed class BatchWorld : IAsyncDisposable
{
    /// <summary>The SDK's checker of DNS, which has a way of its own with many.</summary>
    public const string Dns = "dns";

    /// <summary>A host's checker, which knows one at a time.</summary>
    public const string Custom = "custom";

    /// <summary>The SDK's checker of files.</summary>
    public const string File = "file";

    private readonly FileWorld? _files;

    public BatchWorld(string kind)
    {
        _files = kind == File ? new FileWorld() : null;
        var world = _files?.Dns ?? new DnsWorld();
        Zone = world.Zone(FileWorld.Host);
        Asked = new AskedNames(new InMemoryDnsResolver(world));
        _files?.Resolver = Asked;
        var names = new DomainNamePolicy(PublicSuffixList.BuiltIn);
        Checker = kind switch
        {
            Dns => new DnsProofChecker(Asked, names, TimeProvider.System),
            Custom => new CustomChecker(new DnsProofChecker(Asked, names, TimeProvider.System)),
            _ => _files!.Services.GetRequiredService<IHttpProofChecker>(),
        };
    }

    public IProofChecker Checker { get; }

    public AskedNames Asked { get; }

    private DnsZone Zone { get; }

    public static string Label(int number) => $"n{number}";

    /// <summary>Publishes what is to be published, and gives the requests.</summary>
    public ProofRequest[] Requests(int count) => [.. Enumerable.Range(0, count).Select(Request)];

    public async ValueTask DisposeAsync()
    {
        if (_files is not null)
        {
            await _files.DisposeAsync();
        }
    }

    private ProofRequest Request(int number)
    {
        var host = $"{Label(number)}.{FileWorld.Host}";
        var isPublished = number % 2 == 0;
        if (_files is null)
        {
            Zone.Txt(host + ".", isPublished ? FileWorld.Content : "token=other");
            return ProofRequests.For(FileWorld.Host, Record(ProofMethod.DnsTxt, host));
        }

        Zone.Address(host + ".", FileWorld.Public);
        _files.Web.Put(host, FileWorld.Path, isPublished ? FileWorld.Content : "token=other");
        return ProofRequests.For(host, Record(ProofMethod.HttpFile, $"http://{host}{FileWorld.Path}"));
    }

    private static ChallengeRecord Record(ProofMethod method, string name) =>
        new() { Method = method, Name = name, ValueFormat = "token={token}" };

    /// <summary>Has only what a checker must have.</summary>
    private sealed class CustomChecker(IProofChecker inner) : IProofChecker
    {
        public IReadOnlyCollection<ProofMethod> Methods => inner.Methods;

        public ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken) =>
            inner.CheckAsync(request, cancellationToken);
    }
}
