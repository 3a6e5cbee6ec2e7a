using System.Net;
using DnsClient;
using DomainVerification.DnsBenchmarks.Serving;
using DomainVerification.DnsBenchmarks.Subjects;

namespace DomainVerification.DnsBenchmarks.Peers;

/// <summary>DnsClient.NET without its cache, all else as it comes.</summary>
internal sealed class DnsClientAsker : IAsker<IDnsQueryResponse>
{
    private readonly LookupClient _client;
    private readonly string[] _names;
    private readonly string[] _values;

    public DnsClientAsker(string endpoint, int names)
    {
        _client = new LookupClient(new LookupClientOptions(IPEndPoint.Parse(endpoint)) { UseCache = false });
        _names = [.. Enumerable.Range(0, names).Select(index => Zone.Name(index))];
        _values = [.. Enumerable.Range(0, names).Select(Zone.Value)];
    }

    public ValueTask<IDnsQueryResponse> AskAsync(int index) => new(_client.QueryAsync(_names[index], QueryType.TXT));

    public bool? IsRight(int index, IDnsQueryResponse answer) =>
        answer.Answers.TxtRecords().Any(record => string.Concat(record.Text) == _values[index]);

    public bool IsLoss(Exception error) => error is DnsResponseException;
}
