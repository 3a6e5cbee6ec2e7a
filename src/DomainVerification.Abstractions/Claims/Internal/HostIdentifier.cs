using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace DomainVerification.Claims.Internal;

/// <summary>The one rule for identifiers that come from the host: owners, actors and idempotency keys.</summary>
internal static class HostIdentifier
{
    /// <summary>Gives the identifier back, or throws where no store could keep it as it is.</summary>
    public static string Require(string? value, [CallerArgumentExpression(nameof(value))] string? parameter = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        if (value.Length > DomainClaim.MaximumOwnerLength)
        {
            throw new ArgumentException($"An identifier has at most {DomainClaim.MaximumOwnerLength} characters.", parameter);
        }

        return RequireText(value, parameter);
    }

    /// <summary>Gives the text back, or throws where a database could not keep it: PostgreSQL has no U+0000.</summary>
    public static string RequireText(string value, string? parameter)
    {
        if (value.Contains('\0'))
        {
            throw new ArgumentException("An identifier must not hold U+0000: not every database can keep it.", parameter);
        }

        return IsWellFormed(value)
            ? value
            : throw new ArgumentException("An identifier must not hold half of a surrogate pair: it has no UTF-8.", parameter);
    }

    /// <summary>Whether every database can keep the text as it is.</summary>
    public static bool IsText(string value) => !value.Contains('\0') && IsWellFormed(value);

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var read) != OperationStatus.Done)
            {
                return false;
            }

            text = text[read..];
        }

        return true;
    }
}
