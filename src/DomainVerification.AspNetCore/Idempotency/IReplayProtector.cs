using System.Security.Cryptography;

namespace DomainVerification.AspNetCore;

/// <summary>
/// Encrypts the responses that are kept for replays: they may hold secrets that are shown once. The default is ASP.NET Data Protection.
/// Safe for parallel use.
/// </summary>
public interface IReplayProtector
{
    /// <summary>Encrypts a response.</summary>
    /// <param name="outcome">The response.</param>
    /// <param name="key">Whose it is: bind the result to it, so that it cannot be passed off as another one's.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<byte[]> ProtectAsync(ReadOnlyMemory<byte> outcome, IdempotencyKey key, CancellationToken cancellationToken);

    /// <summary>Decrypts a response.</summary>
    /// <param name="protectedOutcome">What <see cref="ProtectAsync"/> gave.</param>
    /// <param name="key">Whose it is.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="CryptographicException">
    /// It cannot be decrypted, and trying again will not help: it was altered, belongs to another key, or the key ring is lost. An outage
    /// is any other exception.
    /// </exception>
    ValueTask<byte[]> UnprotectAsync(ReadOnlyMemory<byte> protectedOutcome, IdempotencyKey key, CancellationToken cancellationToken);
}
