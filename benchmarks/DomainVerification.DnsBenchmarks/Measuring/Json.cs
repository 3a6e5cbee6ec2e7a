using System.Text.Json;
using System.Text.Json.Serialization;

namespace DomainVerification.DnsBenchmarks.Measuring;

internal static class Json
{
    public static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
