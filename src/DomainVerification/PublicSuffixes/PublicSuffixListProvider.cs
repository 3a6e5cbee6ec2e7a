using DomainVerification.PublicSuffixes.Internal;

namespace DomainVerification.PublicSuffixes;

/// <summary>
/// Holds the public suffix list in use and exchanges it for a newer one while look-ups go on. Register one for the process.
/// </summary>
/// <remarks>
/// A refused list changes nothing. An accepted one replaces the current list in one step: each look-up sees the old list or the new one.
/// </remarks>
public sealed class PublicSuffixListProvider : IPublicSuffixList
{
    private readonly Lock _exchange = new();
    private PublicSuffixList? _current;

    /// <summary>Starts with the list that the package carries, which is loaded when it is first asked.</summary>
    public PublicSuffixListProvider()
    {
    }

    /// <summary>Starts with a list of the host's own.</summary>
    /// <param name="initial">The list, taken as it is.</param>
    public PublicSuffixListProvider(PublicSuffixList initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        _current = initial;
    }

    /// <summary>The list in use. Keep it in a variable to ask several questions of the same list.</summary>
    public PublicSuffixList Current => Volatile.Read(ref _current) ?? BuiltIn();

    /// <inheritdoc />
    public DateOnly? ListDate => Current.ListDate;

    /// <inheritdoc />
    public int RuleCount => Current.RuleCount;

    /// <inheritdoc />
    public PublicSuffixMatch Find(ReadOnlySpan<char> canonicalName, PublicSuffixScope scope = PublicSuffixScope.IcannAndPrivate) =>
        Current.Find(canonicalName, scope);

    /// <summary>Puts a newer list into use, if it is well formed, plausible and not older than the current one.</summary>
    /// <param name="text">The text of <c>public_suffix_list.dat</c>.</param>
    /// <param name="date">
    /// The day of the list where the text has no <c>VERSION</c> line. Without either, the list's age is unknown and not compared.
    /// </param>
    /// <returns>
    /// The outcome; refusals are <c>public_suffix_list_too_large</c>, <c>public_suffix_list_malformed</c>,
    /// <c>public_suffix_list_incomplete</c> and <c>public_suffix_list_outdated</c>.
    /// </returns>
    public PublicSuffixListUpdate Replace(ReadOnlySpan<char> text, DateOnly? date = null)
    {
        if (!PublicSuffixList.TryParse(text, date, out var list, out var error))
        {
            return PublicSuffixListUpdate.Refused(error);
        }

        return list.Validate() is { } implausible ? PublicSuffixListUpdate.Refused(implausible) : Exchange(list);
    }

    /// <summary>As <see cref="Replace"/>, from a UTF-8 stream such as a file or the body of an HTTP response.</summary>
    /// <param name="utf8Text">The stream, read from where it stands to its end, or to the greatest length that a list may have.</param>
    /// <param name="date">The day of the list where the text has no <c>VERSION</c> line.</param>
    /// <param name="cancellationToken">Stops the reading; the current list stays.</param>
    /// <returns>The outcome, with the refusals of <see cref="Replace"/>. Faults of the stream surface as its own exceptions.</returns>
    public async Task<PublicSuffixListUpdate> ReplaceAsync(
        Stream utf8Text, DateOnly? date = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(utf8Text);
        var (text, error) = await PublicSuffixListText.ReadAsync(utf8Text, cancellationToken).ConfigureAwait(false);
        return error is null ? Replace(text, date) : PublicSuffixListUpdate.Refused(error);
    }

    /// <summary>The list of the package, unless another one came first.</summary>
    private PublicSuffixList BuiltIn()
    {
        var builtIn = PublicSuffixList.BuiltIn;
        return Interlocked.CompareExchange(ref _current, builtIn, null) ?? builtIn;
    }

    private PublicSuffixListUpdate Exchange(PublicSuffixList list)
    {
        PublicSuffixList before;
        lock (_exchange)
        {
            before = Current;
            if (list.ListDate is { } supplied && before.ListDate is { } current && supplied < current)
            {
                return PublicSuffixListUpdate.Refused(PublicSuffixListErrors.Outdated(supplied, current));
            }

            Volatile.Write(ref _current, list);
        }

        return PublicSuffixListUpdate.Replaced(before, list);
    }
}
