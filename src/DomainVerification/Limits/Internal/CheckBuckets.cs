using System.Runtime.InteropServices;

namespace DomainVerification.Limits.Internal;

/// <summary>What a bucket counts for.</summary>
/// <param name="Owner">The owner; <see langword="null"/> for all.</param>
/// <param name="Domain">The domain; <see langword="null"/> for all.</param>
internal readonly record struct BucketKey(string? Owner, string? Domain);

/// <summary>A bucket that a check takes from, and its size.</summary>
/// <param name="Key">The bucket.</param>
/// <param name="Limit">How many checks it has when it is full.</param>
internal readonly record struct BucketDraw(BucketKey Key, int Limit);

/// <summary>
/// Token buckets, each kept as the one instant at which it is full again (the generic cell rate algorithm). A bucket that is full is the same
/// as one that is not there, so dropping it loses nothing. Not safe for parallel use.
/// </summary>
internal sealed class CheckBuckets(long window)
{
    private readonly Dictionary<BucketKey, long> _fullAt = [];
    private long _sweptAt;

    public int Count => _fullAt.Count;

    /// <summary>Whether a bucket has nothing taken from it.</summary>
    public bool IsFull(BucketKey key, long now) => !_fullAt.TryGetValue(key, out var full) || full <= now;

    /// <summary>How many ticks a bucket is short of one check; zero where it has one.</summary>
    public long Shortage(BucketDraw draw, long now) =>
        Math.Max(0, Math.Max(_fullAt.GetValueOrDefault(draw.Key, now), now) + (window / draw.Limit) - now - window);

    /// <summary>Takes one check; from an empty bucket too, which stays empty.</summary>
    public void Take(BucketDraw draw, long now)
    {
        ref var full = ref CollectionsMarshal.GetValueRefOrAddDefault(_fullAt, draw.Key, out _);
        full = Math.Min(Math.Max(full, now) + (window / draw.Limit), now + window);
    }

    /// <summary>Drops the buckets that are full, once in a window, so that no more are kept than two windows use.</summary>
    public void Sweep(long now)
    {
        if (now - _sweptAt < window)
        {
            return;
        }

        _sweptAt = now;
        foreach (var (key, full) in _fullAt)
        {
            if (full <= now)
            {
                _fullAt.Remove(key);
            }
        }
    }
}
