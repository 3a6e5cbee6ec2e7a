namespace DomainVerification.PublicSuffixes.Internal;

/// <summary>
/// Keeps track of the two sections of the text. Both must begin and end: a missing end is how a download that broke off shows.
/// </summary>
internal sealed class PublicSuffixSections
{
    private static readonly (PublicSuffixDivision Division, string Name)[] Known =
        [(PublicSuffixDivision.Icann, "ICANN"), (PublicSuffixDivision.Private, "PRIVATE")];

    private readonly HashSet<PublicSuffixDivision> _complete = [];

    /// <summary>The section that is open, if any.</summary>
    public PublicSuffixDivision? Current { get; private set; }

    /// <summary>Heeds a comment line if it is a section marker.</summary>
    /// <returns>What is wrong with the marker, or null.</returns>
    public string? Read(ReadOnlySpan<char> comment)
    {
        var marker = comment[2..].Trim();
        if (!marker.StartsWith("===", StringComparison.Ordinal))
        {
            return null;
        }

        foreach (var (division, name) in Known)
        {
            if (marker.SequenceEqual($"===BEGIN {name} DOMAINS==="))
            {
                return Begin(division);
            }

            if (marker.SequenceEqual($"===END {name} DOMAINS==="))
            {
                return End(division);
            }
        }

        return "the section marker is unknown.";
    }

    /// <summary>The first section that did not begin and end.</summary>
    public string? FindMissing()
    {
        foreach (var (division, name) in Known)
        {
            if (!_complete.Contains(division))
            {
                return name;
            }
        }

        return null;
    }

    private string? Begin(PublicSuffixDivision division)
    {
        if (Current is not null || _complete.Contains(division))
        {
            return "the section begins inside of another, or a second time.";
        }

        Current = division;
        return null;
    }

    private string? End(PublicSuffixDivision division)
    {
        if (Current != division)
        {
            return "the section ends without having begun.";
        }

        Current = null;
        _complete.Add(division);
        return null;
    }
}
