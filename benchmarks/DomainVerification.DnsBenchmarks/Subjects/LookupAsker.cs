using DomainVerification.Dns;
using DomainVerification.DnsBenchmarks.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace DomainVerification.DnsBenchmarks.Subjects;

/// <summary>The resolver alone.</summary>
internal sealed class LookupAsker : IAsker<DnsLookup>
{
    private readonly ConfiguredServersResolver _resolver;
    private readonly DnsQuestion[] _questions;
    private readonly string[] _values;

    public LookupAsker(string endpoint, int names)
    {
        DnsResolverOptions options = new() { MaxInFlightPerServer = CheckAsker.MaxInFlight };
        options.Servers.Add(endpoint);
        _resolver = new ConfiguredServersResolver(options, TimeProvider.System, NullLogger<ConfiguredServersResolver>.Instance);
        _questions = [.. Enumerable.Range(0, names).Select(index => new DnsQuestion(DnsName.Parse(Zone.Name(index)), DnsRecordType.TXT))];
        _values = [.. Enumerable.Range(0, names).Select(Zone.Value)];
    }

    public ValueTask<DnsLookup> AskAsync(int index) => _resolver.ResolveAsync(_questions[index], CancellationToken.None);

    public bool? IsRight(int index, DnsLookup answer)
    {
        if (answer.Status is not (DnsLookupStatus.Answered or DnsLookupStatus.NoData or DnsLookupStatus.NxDomain))
        {
            return null;
        }

        return answer.Records is [DnsTxtRecord text] && text.Text == _values[index];
    }
}
