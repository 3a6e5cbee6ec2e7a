using System.Text.Json;
using DomainVerification.AspNetCore.Tests.Web;

namespace DomainVerification.AspNetCore.Tests.Streams;

/// <summary>A reader of a stream, as the HTML standard has it: fields in lines, an event at each empty line, comments for nobody.</summary>
internal sealed class EventStream : IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromMinutes(2));
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventStream(HttpResponseMessage response, Stream body) => (_response, _reader) = (response, new StreamReader(body));

    public int Status => (int)_response.StatusCode;

    public HttpResponseMessage Response => _response;

    /// <summary>What the reader was told to wait before it opens the next stream.</summary>
    public int? Retry { get; private set; }

    /// <summary>How many comments came.</summary>
    public int Comments { get; private set; }

    public static async Task<EventStream> OpenAsync(
        WebHost host,
        string claim,
        string user = "tenant=ann&sub=jo",
        object? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, claim + "/events");
        request.Headers.Add(TestScheme.Header, user);
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId.ToString());
        }

        var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; <see langword="null"/> where the stream ends before it.</summary>
    public async Task<StreamEvent?> NextAsync()
    {
        string? id = null, type = null, data = null;
        while (await _reader.ReadLineAsync(_deadline.Token) is { } line)
        {
            if (line.Length == 0 && data is not null)
            {
                return new StreamEvent(id, type, data);
            }

            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            switch (colon < 0 ? line : line[..colon])
            {
                case "":
                    break;
                case ":":
                    Comments++;
                    return new StreamEvent(null, "comment", "{}");
                case "id":
                    id = line[4..];
                    break;
                case "event":
                    type = line[7..];
                    break;
                case "data":
                    data = line[6..];
                    break;
                case "retry":
                    Retry = int.Parse(line[7..], System.Globalization.CultureInfo.InvariantCulture);
                    break;
                default:
                    throw new InvalidDataException($"No line of an event stream: {line}");
            }
        }

        return null;
    }

    /// <summary>The next event, which must be one.</summary>
    public async Task<StreamEvent> ReadAsync() => await NextAsync() ?? throw new EndOfStreamException("The stream has ended.");

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
        _deadline.Dispose();
    }
}

/// <summary>One event.</summary>
internal sealed record StreamEvent(string? Id, string? Type, string Data)
{
    public JsonElement Json => JsonDocument.Parse(Data).RootElement;

    public JsonElement Claim => Json.GetProperty("claim");

    public string? Status => Claim.GetProperty("status").GetString();

    public long Version => Claim.GetProperty("version").GetInt64();
}
