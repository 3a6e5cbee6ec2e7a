using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DomainVerification.Dns;

/// <summary>What an accident of an HTTPS request means for the query.</summary>
internal static class HttpsFault
{
    public const string MediaType = "http_media_type";
    public const string BodyTooLong = "http_body_too_long";
    public const string NotTheAnswer = "http_body_is_no_answer";

    /// <summary>The code of a response that is not successful, such as <c>http_status_503</c>.</summary>
    public static string Of(HttpStatusCode status) => string.Create(CultureInfo.InvariantCulture, $"http_status_{(int)status}");

    /// <summary>What an exception of a request says.</summary>
    public static StreamReply Of(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case StreamConnectException failure:
                    return new StreamReply(DnsExchangeOutcome.Unreachable, null, failure.Code, false);

                case SocketException failure:
                    var code = SocketErrorCodes.For(failure.SocketErrorCode);
                    return new StreamReply(DnsExchangeOutcome.Unreachable, null, code, code == SocketErrorCodes.ConnectionClosed);
            }
        }

        return ErrorOf(exception) switch
        {
            HttpRequestError.ConfigurationLimitExceeded => StreamReply.Malformed("http_headers_too_long"),
            HttpRequestError.InvalidResponse => StreamReply.Malformed("http_protocol_error"),
            _ => StreamReply.From(StreamFault.ClosedByServer),
        };
    }

    private static HttpRequestError ErrorOf(Exception exception) => exception switch
    {
        HttpRequestException failure => failure.HttpRequestError,
        HttpIOException failure => failure.HttpRequestError,
        _ => HttpRequestError.Unknown,
    };
}
