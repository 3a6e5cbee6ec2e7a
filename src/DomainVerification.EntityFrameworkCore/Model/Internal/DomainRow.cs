namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>
/// A (profile, domain): the highest epoch that it was ever held with. Its row is what commits about the domain lock first, so that they
/// follow one another.
/// </summary>
internal sealed class DomainRow
{
    public string Profile { get; set; } = string.Empty;

    public string Domain { get; set; } = string.Empty;

    public long Epoch { get; set; }
}
