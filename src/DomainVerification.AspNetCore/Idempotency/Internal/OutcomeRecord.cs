using System.Security.Cryptography;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>
/// What the store keeps of a run that is over: the version (1 byte, 1) and the kind (1 byte), and for a response that can be told again the
/// encrypted <see cref="KeptResponseCodec"/> bytes.
/// </summary>
internal sealed class OutcomeRecord(IReplayProtector protector)
{
    private const byte Version = 1;
    private const byte NotReplayableKind = 0;
    private const byte ResponseKind = 1;

    /// <summary>Says that the request ran, and nothing else.</summary>
    public static readonly byte[] NotReplayable = [Version, NotReplayableKind];

    /// <summary>The record of a response; <see cref="NotReplayable"/> for one that no record can take.</summary>
    public async ValueTask<byte[]> WriteAsync(KeptResponse response, IdempotencyKey key, CancellationToken cancellationToken)
    {
        if (KeptResponseCodec.Encode(response) is not { } plain)
        {
            return NotReplayable;
        }

        try
        {
            return [Version, ResponseKind, .. await protector.ProtectAsync(plain, key, cancellationToken).ConfigureAwait(false)];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    /// <summary>The response of a record; <see langword="null"/> where it has none.</summary>
    /// <exception cref="CryptographicException">It has one, and it cannot be read any more.</exception>
    public async ValueTask<KeptResponse?> ReadAsync(ReadOnlyMemory<byte> record, IdempotencyKey key, CancellationToken cancellationToken)
    {
        if (record.IsEmpty || record.Span.SequenceEqual(NotReplayable))
        {
            return null;
        }

        if (!record.Span.StartsWith([Version, ResponseKind]))
        {
            throw new CryptographicException("The record of a response is of no known version.");
        }

        var plain = await protector.UnprotectAsync(record[2..], key, cancellationToken).ConfigureAwait(false);
        return KeptResponseCodec.Decode(plain) ?? throw new CryptographicException("The record of a response is damaged.");
    }
}
