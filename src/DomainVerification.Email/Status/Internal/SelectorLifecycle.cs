using DomainVerification.Email.Identities.Internal;

namespace DomainVerification.Email.Status.Internal;

/// <summary>The moves of DKIM selectors: spare or new, next, active, retiring, gone or spare again.</summary>
internal static class SelectorLifecycle
{
    /// <summary>Puts a new key beside the one that signs.</summary>
    /// <param name="identity">The identity; none of its selectors is next.</param>
    /// <param name="domain">The signing domain.</param>
    /// <param name="selector">The name of the selector: the spare one where there is one.</param>
    /// <param name="key">Its key.</param>
    /// <param name="now">The present instant.</param>
    public static StoredIdentity Rotate(
        StoredIdentity identity,
        DomainName domain,
        string selector,
        StoredKey key,
        DateTimeOffset now)
    {
        var next = new StoredSelector { Name = selector, State = DkimSelectorState.Next, Since = now, Key = key };
        var known = identity.Selectors.Any(other => other.Name == selector);
        return known
            ? identity with
            {
                Selectors = [.. identity.Selectors.Select(other => other.Name == selector ? next : other)],
                Records = Await(identity, selector),
            }
            : identity with
            {
                Selectors = [.. identity.Selectors, next],
                Records = InsertDkim(identity.Records, IdentityFactory.DkimRecord(domain, identity.DkimZone, next)),
            };
    }

    /// <summary>Lets the next key sign once it is published, and takes out of use what has retired for long enough.</summary>
    public static StoredIdentity Advance(StoredIdentity identity, DateTimeOffset now, TimeSpan overlap) =>
        Retire(Promote(identity, now, overlap), now);

    /// <summary>Takes the next key away again. An alias that it took becomes the spare one again.</summary>
    public static StoredIdentity Cancel(StoredIdentity identity, DateTimeOffset now)
    {
        var next = identity.Selectors.First(selector => selector.State == DkimSelectorState.Next);
        return TakeOut(identity, next, now);
    }

    private static StoredIdentity Promote(StoredIdentity identity, DateTimeOffset now, TimeSpan overlap)
    {
        var next = identity.Selectors.FirstOrDefault(selector => selector.State == DkimSelectorState.Next);
        var isPublished = identity.Records.Any(record =>
            record.Selector == next?.Name && next is not null && record.Status == SendingRecordStatus.Verified);
        if (!isPublished)
        {
            return identity;
        }

        return identity with
        {
            Selectors =
            [
                .. identity.Selectors.Select(selector => selector.State switch
                {
                    DkimSelectorState.Next => selector with { State = DkimSelectorState.Active, Since = now },

                    // Receivers need the public half for a while; nobody needs the private one any more.
                    DkimSelectorState.Active => selector with
                    {
                        State = DkimSelectorState.Retiring,
                        Since = now,
                        RetireAt = now + overlap,
                        Key = selector.Key! with { PrivateKey = null },
                    },
                    _ => selector,
                }),
            ],
        };
    }

    private static StoredIdentity Retire(StoredIdentity identity, DateTimeOffset now)
    {
        var retired = identity.Selectors.Where(selector => selector.RetireAt <= now).ToList();
        return retired.Aggregate(identity, (left, selector) => TakeOut(left, selector, now));
    }

    private static StoredIdentity TakeOut(StoredIdentity identity, StoredSelector gone, DateTimeOffset now)
    {
        // The customer's alias is of use again for the next key. One spare selector is enough.
        var isSpare = identity.DkimZone is not null && identity.Selectors.All(other => other.State != DkimSelectorState.Spare);
        return isSpare
            ? identity with
            {
                Selectors =
                [
                    .. identity.Selectors.Select(other => other == gone
                        ? new StoredSelector { Name = gone.Name, State = DkimSelectorState.Spare, Since = now }
                        : other),
                ],
                Records = [.. identity.Records.Select(record => record.Selector == gone.Name ? WithoutKey(record) : record)],
            }
            : identity with
            {
                Selectors = [.. identity.Selectors.Where(other => other != gone)],
                Records = [.. identity.Records.Where(record => record.Selector != gone.Name)],
            };
    }

    /// <summary>What was seen or missed of the key says nothing of the alias, which was there once if the key ever was.</summary>
    private static StoredRecord WithoutKey(StoredRecord record) => record with
    {
        Status = record.SeenAt is null ? SendingRecordStatus.Pending : SendingRecordStatus.Verified,
        Misses = 0,
        Hits = 0,
        MissingSince = null,
        Problem = null,
    };

    /// <summary>The alias was there for the spare selector; now the key must be seen through it.</summary>
    private static List<StoredRecord> Await(StoredIdentity identity, string selector) =>
    [
        .. identity.Records.Select(record => record.Selector == selector
            ? record with { Status = SendingRecordStatus.Pending, Misses = 0, Hits = 0, MissingSince = null }
            : record),
    ];

    private static List<StoredRecord> InsertDkim(IReadOnlyList<StoredRecord> records, StoredRecord added)
    {
        var after = records.Count(record => record.Purpose == SendingRecordPurpose.Dkim);
        return [.. records.Take(after), added, .. records.Skip(after)];
    }
}
