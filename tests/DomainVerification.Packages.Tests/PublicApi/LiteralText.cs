using System.Globalization;

namespace DomainVerification.Packages.Tests.PublicApi;

/// <summary>Constants and default values as C# writes them.</summary>
internal static class LiteralText
{
    public static string Of(object? value, Type type)
    {
        var underlying = Nullable.GetUnderlyingType(type);
        if (value is null or DBNull)
        {
            return type.IsValueType && underlying is null ? "default" : "null";
        }

        type = underlying ?? type;
        return value switch
        {
            string text => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"",
            char character => $"'{character}'",
            bool truth => truth ? "true" : "false",
            _ when type.IsEnum => Enum(Convert.ToInt64(value, CultureInfo.InvariantCulture), type),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Enum(long value, Type type)
    {
        var text = System.Enum.ToObject(type, value).ToString()!;
        return string.Join(" | ", text.Split(", ").Select(name => $"{TypeText.Name(type)}.{name}"));
    }
}
