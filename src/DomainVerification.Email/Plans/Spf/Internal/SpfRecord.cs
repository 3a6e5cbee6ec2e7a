namespace DomainVerification.Email.Plans.Spf.Internal;

/// <summary>An SPF record that keeps the grammar of RFC 7208, section 12.</summary>
internal sealed record SpfRecord(IReadOnlyList<SpfTerm> Terms)
{
    public const string Version = "v=spf1";

    /// <summary>Where <c>all</c> stands, which ends the record (section 5.1); -1 where it does not.</summary>
    public int AllIndex { get; } = IndexOf(Terms, SpfTermKind.All);

    /// <summary>The mechanisms that receivers try, in order, without those behind <c>all</c>.</summary>
    public IEnumerable<SpfTerm> Tried => (AllIndex < 0 ? Terms : Terms.Take(AllIndex + 1)).Where(term => term.IsMechanism);

    /// <summary>The redirect that receivers follow: none where there is an <c>all</c> (section 6.1).</summary>
    public SpfTerm? Redirect => AllIndex >= 0 ? null : Terms.FirstOrDefault(term => term.Kind == SpfTermKind.Redirect);

    /// <summary>Whether a text says that it is an SPF record; other TXT records are none of SPF's business (section 4.5).</summary>
    public static bool IsSpf(string text) =>
        text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');

    public override string ToString() => string.Join(' ', Terms.Select(term => term.ToString()).Prepend(Version));

    private static int IndexOf(IReadOnlyList<SpfTerm> terms, SpfTermKind kind)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }
}
