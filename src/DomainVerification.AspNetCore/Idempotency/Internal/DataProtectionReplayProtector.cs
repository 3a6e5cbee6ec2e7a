using Microsoft.AspNetCore.DataProtection;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

internal sealed class DataProtectionReplayProtector(IDataProtectionProvider provider) : IReplayProtector
{
    private readonly IDataProtector _protector = provider.CreateProtector("DomainVerification.Idempotency.v1");

    public ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> outcome, IdempotencyKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(For(key).Protect(outcome.ToArray()));

    public ValueTask<byte[]> UnprotectAsync(
        ReadOnlyMemory<byte> protectedOutcome,
        IdempotencyKey key,
        CancellationToken cancellationToken) =>
        ValueTask.FromResult(For(key).Unprotect(protectedOutcome.ToArray()));

    /// <summary>A digest stands for the key, because Data Protection writes its purposes to the log.</summary>
    private IDataProtector For(IdempotencyKey key)
    {
        using var digest = new FieldHash();
        digest.Add(key.Scope);
        digest.Add(key.Key);
        return _protector.CreateProtector(Convert.ToHexString(digest.GetHash()));
    }
}
