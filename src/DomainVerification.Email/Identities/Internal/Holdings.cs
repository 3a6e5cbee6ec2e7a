namespace DomainVerification.Email.Identities.Internal;

/// <summary>Reads and changes what is kept for holdings.</summary>
internal sealed class Holdings(IHoldingStore store)
{
    /// <summary>The name of this provisioner's records.</summary>
    public const string Name = "email";

    /// <summary>Far more than the writers of one holding: an owner, an operator, a worker, a release.</summary>
    private const int MaximumTries = 64;

    public static HoldingKey KeyOf(ClaimId claim, long epoch) => new(claim, epoch, Name);

    public async Task<HoldingRecord?> FindAsync(HoldingKey key, CancellationToken cancellationToken) =>
        await store.FindHoldingRecordAsync(key, cancellationToken).ConfigureAwait(false);

    /// <summary>This provisioner's records of a claim, by epoch.</summary>
    public async Task<IReadOnlyList<HoldingRecord>> ListAsync(ClaimId claim, CancellationToken cancellationToken)
    {
        var records = await store.ListHoldingRecordsAsync(claim, cancellationToken).ConfigureAwait(false);
        return [.. records.Where(record => record.Key.Provisioner == Name)];
    }

    public async Task<IReadOnlyList<HoldingRecord>> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken) =>
        await store.LeaseDueHoldingRecordsAsync(Name, request, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Ends the lease of a record as it was leased: the next version is change enough. Where it was saved meanwhile, that ended the lease.
    /// </summary>
    public async Task EndLeaseAsync(HoldingRecord leased, CancellationToken cancellationToken) => await store
        .SaveHoldingRecordAsync(leased with { Version = leased.Version + 1 }, cancellationToken)
        .ConfigureAwait(false);

    /// <summary>Saves the first state of a record; gives <see langword="false"/> where there is one already.</summary>
    public async Task<bool> TryAddAsync(HoldingRecord record, CancellationToken cancellationToken) =>
        await store.SaveHoldingRecordAsync(record, cancellationToken).ConfigureAwait(false) == HoldingSaveStatus.Saved;

    /// <summary>
    /// Saves a record as the next version of what was read; gives <see langword="false"/> where somebody else was faster.
    /// </summary>
    public async Task<bool> TrySaveAsync(HoldingRecord read, EmailHolding holding, CancellationToken cancellationToken) =>
        await store.SaveHoldingRecordAsync(Next(read, holding), cancellationToken).ConfigureAwait(false) == HoldingSaveStatus.Saved;

    /// <summary>
    /// Changes a holding, again for as long as somebody else is faster. A change must not depend on anything that its first run used up.
    /// </summary>
    /// <param name="key">Which holding.</param>
    /// <param name="change">Gives the changed holding, or <see langword="null"/> to leave it as it is. Never sees a released one.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns>The holding before and after; <see langword="null"/> where there is none, or it was released.</returns>
    public async Task<HoldingChange?> ChangeAsync(
        HoldingKey key,
        Func<EmailHolding, EmailHolding?> change,
        CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < MaximumTries; tries++)
        {
            if (await FindAsync(key, cancellationToken).ConfigureAwait(false) is not { } record)
            {
                return null;
            }

            var before = EmailHoldingJson.Read(record);
            if (before.ReleasedAt is not null)
            {
                return null;
            }

            if (change(before) is not { } after)
            {
                return new HoldingChange(record, before, before);
            }

            if (await TrySaveAsync(record, after, cancellationToken).ConfigureAwait(false))
            {
                return new HoldingChange(record, before, after);
            }
        }

        throw new InvalidOperationException(
            $"The e-mail record of claim {key.ClaimId} was changed by others {MaximumTries} times in a row.");
    }

    private static HoldingRecord Next(HoldingRecord read, EmailHolding holding) => read with
    {
        Version = read.Version + 1,
        DueAt = holding.Identities.Min(identity => identity.NextCheckAt),
        Data = EmailHoldingJson.Write(holding),
    };
}

/// <summary>A change of a holding; both are the same where nothing changed.</summary>
/// <param name="Record">The record that was read.</param>
/// <param name="Before">What it held.</param>
/// <param name="After">What it holds now.</param>
internal sealed record HoldingChange(HoldingRecord Record, EmailHolding Before, EmailHolding After);
