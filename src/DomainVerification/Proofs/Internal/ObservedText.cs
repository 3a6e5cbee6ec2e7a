using System.Globalization;
using System.Text;

namespace DomainVerification.Proofs.Internal;

/// <summary>Makes a value that an outsider published safe to show: short, and printable ASCII only.</summary>
internal static class ObservedText
{
    /// <summary>Stands for a value that is not shown.</summary>
    public const string Hidden = "(behind an alias, not shown)";

    public static string Show(string value)
    {
        if (value.Length <= ObservedValue.MaximumLength && !value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return value;
        }

        var text = new StringBuilder(ObservedValue.MaximumLength);
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            var shown = octet is >= 0x20 and <= 0x7E
                ? ((char)octet).ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\{octet:D3}");
            if (text.Length + shown.Length > ObservedValue.MaximumLength)
            {
                return text.Append("...").ToString();
            }

            text.Append(shown);
        }

        return text.ToString();
    }
}
