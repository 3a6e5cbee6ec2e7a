using System.Net.Sockets;
using System.Text;

namespace DomainVerification.Testing;

/// <summary>Reads a request of a connection and answers it, rightly or as a fault says.</summary>
internal sealed class WebExchange(
    Func<ReceivedRequest, byte[]> answer,
    WebFaults faults,
    ReceivedLog<ReceivedRequest> log,
    TimeProvider time)
{
    private const int MaximumHead = 16 * 1024;

    public bool TakesTlsAway() => faults.Take(WebFaultManner.NoTls);

    public async Task RunAsync(Stream stream, Socket socket, string scheme, CancellationToken cancellationToken)
    {
        if (await ReadHeadAsync(stream, cancellationToken).ConfigureAwait(false) is not { } head || Parse(head, scheme) is not { } request)
        {
            return;
        }

        var right = answer(request);
        var fault = faults.Take(request);
        log.Add(request);
        if (fault is null)
        {
            await stream.WriteAsync(right, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var octets in fault.Sends(right))
        {
            await stream.WriteAsync(octets, cancellationToken).ConfigureAwait(false);
            if (fault.Pause is { } pause)
            {
                await Task.Delay(pause.Every, pause.Clock, cancellationToken).ConfigureAwait(false);
            }
        }

        if (fault.End == WebFaultEnd.Reset)
        {
            socket.Close(timeout: 0);
        }
        else if (fault.End == WebFaultEnd.Hold)
        {
            await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a server says that expects http and gets the start of TLS.</summary>
    public static async Task RefuseAsync(Stream stream, CancellationToken cancellationToken)
    {
        await stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(WebAnswer.Of(400, "no http"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The request line and the headers; null where the client ends before, or sends too much.</summary>
    private static async Task<string?> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaximumHead];
        for (var have = 0; have < buffer.Length;)
        {
            var received = await stream.ReadAsync(buffer.AsMemory(have), cancellationToken).ConfigureAwait(false);
            if (received == 0)
            {
                return null;
            }

            have += received;
            var end = buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return Encoding.Latin1.GetString(buffer, 0, end);
            }
        }

        return null;
    }

    private ReceivedRequest? Parse(string head, string scheme)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ') is not [var method, var path, _])
        {
            return null;
        }

        var headers = lines.Skip(1)
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => string.Join(", ", group), StringComparer.OrdinalIgnoreCase);
        return new ReceivedRequest
        {
            Scheme = scheme,
            Method = method,
            Host = HostOf(headers.GetValueOrDefault("Host", string.Empty)),
            Path = path,
            Headers = headers,
            ReceivedAt = time.GetUtcNow(),
        };
    }

    private static string HostOf(string value)
    {
        var colon = value.LastIndexOf(':');
        return colon > value.LastIndexOf(']') ? value[..colon] : value;
    }
}
