using System.Net;
using DnsClient;
using DomainVerification.DnsBenchmarks.Serving;
using DomainVerification.DnsBenchmarks.Subjects;

namespace DomainVerification.DnsBenchmarks.Peers;

/// <summary>DnsClient.NET without its cache, all else as it comes.</summary>
internal sealed class DnsClientAsker : IAsker
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

    public async ValueTask<bool?> AskAsync(int index)
    {
        try
        {
            var response = await _client.QueryAsync(_names[index], QueryType.TXT);
            return response.Answers.TxtRecords().Any(record => string.Concat(record.Text) == _values[index]);
        }
        catch (DnsResponseException)
        {
            return null;
        }
    }
}
