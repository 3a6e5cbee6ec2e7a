using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DomainVerification.PublicSuffixes.Internal;

/// <summary>Reads the text format of publicsuffix.org, line by line.</summary>
internal static class PublicSuffixListReader
{
    private const string VersionComment = "// VERSION: ";
    private const string DateFormat = "yyyy-MM-dd";

    public static bool TryRead(
        ReadOnlySpan<char> text,
        DateOnly? date,
        [NotNullWhen(true)] out PublicSuffixList? list,
        [NotNullWhen(false)] out DomainVerificationError? error)
    {
        list = null;
        error = text.Length > PublicSuffixList.MaxTextLength ? PublicSuffixListErrors.TooLarge() : null;
        if (error is not null)
        {
            return false;
        }

        var builder = new PublicSuffixListBuilder(text.Length);
        var sections = new PublicSuffixSections();
        var lineNumber = 0;
        foreach (var line in text.TrimStart('\uFEFF').EnumerateLines())
        {
            lineNumber++;
            var problem = line.StartsWith("//", StringComparison.Ordinal)
                ? ReadComment(line, sections, ref date)
                : ReadRule(line, sections, builder);
            if (problem is null)
            {
                continue;
            }

            error = PublicSuffixListErrors.Malformed(lineNumber, problem);
            return false;
        }

        if (sections.FindMissing() is { } missing)
        {
            error = PublicSuffixListErrors.Incomplete($"It has no complete {missing} section.");
            return false;
        }

        list = builder.Build(date);
        return true;
    }

    private static string? ReadComment(ReadOnlySpan<char> line, PublicSuffixSections sections, ref DateOnly? date)
    {
        if (line.StartsWith(VersionComment, StringComparison.Ordinal))
        {
            var version = line[VersionComment.Length..];
            var day = version[..Math.Min(version.Length, DateFormat.Length)];
            if (!DateOnly.TryParseExact(day, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var stated))
            {
                return "its VERSION does not start with a date.";
            }

            date = stated;
        }

        return sections.Read(line);
    }

    private static string? ReadRule(ReadOnlySpan<char> line, PublicSuffixSections sections, PublicSuffixListBuilder builder)
    {
        var rule = UpToWhiteSpace(line);
        if (rule.IsEmpty)
        {
            return line.IsWhiteSpace() ? null : "the rule does not start at the line's first character.";
        }

        return sections.Current is { } division ? builder.TryAdd(rule, division) : "the rule stands outside of both sections.";
    }

    private static ReadOnlySpan<char> UpToWhiteSpace(ReadOnlySpan<char> line)
    {
        for (var index = 0; index < line.Length; index++)
        {
            if (char.IsWhiteSpace(line[index]))
            {
                return line[..index];
            }
        }

        return line;
    }
}
