namespace DomainVerification.EntityFrameworkCore.Model.Internal;

/// <summary>An idempotent request: running while it has no outcome.</summary>
internal sealed class IdempotencyRow
{
    public string Scope { get; set; } = string.Empty;

    public string Key { get; set; } = string.Empty;

    public Guid Run { get; set; }

    public byte[] Fingerprint { get; set; } = [];

    public DateTime LeasedUntil { get; set; }

    public DateTime ExpiresAt { get; set; }

    public byte[]? Outcome { get; set; }
}
