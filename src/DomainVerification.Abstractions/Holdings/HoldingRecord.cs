using DomainVerification.Claims.Internal;

namespace DomainVerification;

/// <summary>Names the record of one provisioner for one holding.</summary>
/// <param name="ClaimId">The claim that holds, or held.</param>
/// <param name="Epoch">The epoch of the holding.</param>
/// <param name="Provisioner">
/// The name that the provisioner chose for its records: 1 to <see cref="MaximumProvisionerLength"/> characters of well-formed UTF-16, not
/// blank, without U+0000. Compared ordinally.
/// </param>
public readonly record struct HoldingKey(ClaimId ClaimId, long Epoch, string Provisioner)
{
    /// <summary>The length of the longest name of a provisioner, in characters.</summary>
    public const int MaximumProvisionerLength = 64;

    /// <summary>For stores: refuses what is no name of a provisioner.</summary>
    /// <param name="provisioner">The name.</param>
    /// <exception cref="ArgumentException">It is not as <see cref="Provisioner"/> must be.</exception>
    public static void ThrowIfNoProvisioner(string? provisioner)
    {
        HostIdentifier.Require(provisioner);
        if (provisioner?.Length > MaximumProvisionerLength)
        {
            throw new ArgumentException(
                $"The name of a provisioner has at most {MaximumProvisionerLength} characters.", nameof(provisioner));
        }
    }
}

/// <summary>What a provisioner keeps for one holding, as an immutable record.</summary>
public sealed record HoldingRecord
{
    /// <summary>The length of the longest <see cref="Data"/>, in characters.</summary>
    public const int MaximumDataLength = 1024 * 1024;

    /// <summary>Whose it is.</summary>
    public required HoldingKey Key { get; init; }

    /// <summary>The profile of the claim.</summary>
    public required string Profile { get; init; }

    /// <summary>The owner of the claim.</summary>
    public required string Owner { get; init; }

    /// <summary>The domain of the claim.</summary>
    public required DomainName Domain { get; init; }

    /// <summary>The number of this state of the record: 1 when it is first saved, one more each time.</summary>
    public required long Version { get; init; }

    /// <summary>When the provisioner wants to look at it next, UTC; <see langword="null"/> for never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>
    /// The provisioner's own text, at most <see cref="MaximumDataLength"/> characters of well-formed UTF-16 without U+0000. Secrets in it
    /// are the provisioner's to encrypt.
    /// </summary>
    public required string Data { get; init; }

    /// <summary>
    /// For stores: refuses a record that no store can keep, so that all stores refuse the same. Its version is at least 1, its key names a
    /// provisioner, and its data is as <see cref="Data"/> says.
    /// </summary>
    /// <exception cref="ArgumentException">The record is not so.</exception>
    public void ThrowIfInvalid()
    {
        HoldingKey.ThrowIfNoProvisioner(Key.Provisioner);
        if (Version < 1)
        {
            throw new ArgumentException("The first version of a record is 1.");
        }

        ArgumentNullException.ThrowIfNull(Data);
        if (Data.Length > MaximumDataLength)
        {
            throw new ArgumentException($"The data of a record has at most {MaximumDataLength} characters.");
        }

        if (!HostIdentifier.IsText(Data))
        {
            throw new ArgumentException("The data of a record must be well-formed UTF-16 without U+0000.");
        }
    }

    /// <summary>Leaves out the data, which may hold what is no log's business.</summary>
    public override string ToString() =>
        $"HoldingRecord {{ {Key.Provisioner} of {Key.ClaimId}, epoch {Key.Epoch}, {Domain}, version {Version}, due {DueAt:O} }}";
}
