using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace DomainVerification.AspNetCore.Idempotency.Internal;

/// <summary>SHA-256 over fields, each behind its length: no two lists of fields look alike.</summary>
internal sealed class FieldHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(ReadOnlySpan<byte> field)
    {
        Add(field.Length);
        _hash.AppendData(field);
    }

    public void Add(string? field)
    {
        if (field is null)
        {
            Add(-1);
            return;
        }

        // The characters as they are: an encoder would make every half of a surrogate pair the same.
        Add(MemoryMarshal.AsBytes(field.AsSpan()));
    }

    public void Add(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        _hash.AppendData(bytes);
    }

    public async ValueTask AddAsync(Stream field, CancellationToken cancellationToken) =>
        Add(await SHA256.HashDataAsync(field, cancellationToken).ConfigureAwait(false));

    public byte[] GetHash() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();
}
