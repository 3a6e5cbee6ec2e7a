using System.Text;
using DomainVerification.Proofs.Internal;
using Codes = DomainVerification.ProofDiagnosisCodes;

namespace DomainVerification.Proofs.Explanations.Internal;

/// <summary>
/// Recognises a token that was changed on its way into the zone. A changed value proves nothing: this only finds out what to tell the
/// owner.
/// </summary>
internal static class AlteredValue
{
    /// <summary>More values than this are not put together: whoever has many records at the name has no token in pieces.</summary>
    private const int MaximumPieces = 4;

    private const string Quotes = "\"'`\\\u00AB\u00BB\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F";

    public static async Task<ProofDiagnosis?> ExplainAsync(
        ProofRequest request,
        IReadOnlyList<string> values,
        CancellationToken cancellationToken)
    {
        foreach (var value in values)
        {
            if (await ExplainAsync(request, value, cancellationToken).ConfigureAwait(false) is { } diagnosis)
            {
                return diagnosis;
            }
        }

        // A piece of a token looks like one that was cut, so the pieces are put together first.
        return await IsInPiecesAsync(request, values, cancellationToken).ConfigureAwait(false)
            ? new ProofDiagnosis(
                Codes.ValueSplit,
                $"The token is spread over several of the {values.Count} records at {request.Record.Name}.",
                "Publish one record that holds the whole value, and remove its pieces.")
            : await ExplainCutAsync(request, values, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ProofDiagnosis?> ExplainAsync(ProofRequest request, string value, CancellationToken cancellationToken)
    {
        var name = request.Record.Name;
        var plain = Without(value, Quotes.Contains);
        if (plain != value && await HoldsTokenAsync(request, plain, cancellationToken).ConfigureAwait(false))
        {
            return new ProofDiagnosis(
                Codes.ValueQuoted,
                $"The record at {name} has quotation marks or backslashes in its value.",
                "Enter the value without any quotation marks; the zone's editor adds those that the zone file needs.");
        }

        var trimmed = plain.Trim();
        var dense = Without(plain, char.IsWhiteSpace);
        if (await HoldsTokenAsync(request, trimmed, cancellationToken).ConfigureAwait(false)
            || await HoldsTokenAsync(request, dense, cancellationToken).ConfigureAwait(false))
        {
            return new ProofDiagnosis(
                Codes.ValueSpaced,
                $"The record at {name} has spaces or line breaks in its value that do not belong there.",
                "Enter the value again, without a space before, behind or within the token.");
        }

        return await IsInOtherCaseAsync(request, trimmed, cancellationToken).ConfigureAwait(false)
            ? new ProofDiagnosis(
                Codes.ValueCaseChanged,
                $"The record at {name} has the token in other upper and lower case.",
                "Copy the value from the instructions as it is; upper and lower case count.")
            : null;
    }

    private static async Task<ProofDiagnosis?> ExplainCutAsync(
        ProofRequest request,
        IReadOnlyList<string> values,
        CancellationToken cancellationToken)
    {
        foreach (var value in values)
        {
            if (TokenExtractor.Extract(Without(value, Quotes.Contains).Trim(), request.Record.ValueFormat) is { } token
                && await request.Token.IsBeginningAsync(token, cancellationToken).ConfigureAwait(false))
            {
                return new ProofDiagnosis(
                    Codes.ValueCut,
                    $"The record at {request.Record.Name} holds only the beginning of the token.",
                    "Enter the whole value; where the zone's editor limits its length, put it into several quoted strings of one record.");
            }
        }

        return null;
    }

    /// <summary>Whether a text is the token and what the format has around it.</summary>
    private static async Task<bool> HoldsTokenAsync(ProofRequest request, string text, CancellationToken cancellationToken) =>
        TokenExtractor.Extract(text, request.Record.ValueFormat) is { } token
        && await request.Token.MatchAsync(token, cancellationToken).ConfigureAwait(false) == TokenMatch.Current;

    private static async Task<bool> IsInOtherCaseAsync(ProofRequest request, string text, CancellationToken cancellationToken)
    {
        var lower = text.ToLowerInvariant();
        if (lower != text && await HoldsTokenAsync(request, lower, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        var token = TokenExtractor.Extract(text, request.Record.ValueFormat);
        return token is not null && await request.Token.DiffersInCaseAsync(token, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> IsInPiecesAsync(ProofRequest request, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        if (values.Count is < 2 or > MaximumPieces)
        {
            return false;
        }

        foreach (var text in Orders([.. values]))
        {
            if (await HoldsTokenAsync(request, text, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Two or more of the pieces one after the other, in every order.</summary>
    private static IEnumerable<string> Orders(string[] pieces)
    {
        for (var i = 0; i < pieces.Length; i++)
        {
            string[] others = [.. pieces[..i], .. pieces[(i + 1)..]];
            foreach (var other in others)
            {
                yield return pieces[i] + other;
            }

            if (others.Length < 2)
            {
                continue;
            }

            foreach (var rest in Orders(others))
            {
                yield return pieces[i] + rest;
            }
        }
    }

    private static string Without(string text, Func<char, bool> drops)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (!drops(letter))
            {
                kept.Append(letter);
            }
        }

        return kept.ToString();
    }
}
