using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;

namespace DomainVerification.Dns.Tests;

public sealed class KnownNamesTests
{
    private const int Capacity = 200;

    [Fact]
    public void WhatWasNotedLast_IsFound()
    {
        KnownNames names = new(Capacity);
        Assert.Null(Find(names, 1));

        names.Set(Known(1, until: 10));
        names.Set(Known(1, until: 20));

        Assert.Equal(20, Find(names, 1)!.Until);
        Assert.Null(Find(names, 2));
    }

    /// <summary>Hashes tell little: many are the same here, and many begin at the last place.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void Half_IsAlwaysKeptAndNeverMoreThanAll(int hashes)
    {
        KnownNames names = new(Capacity);
        for (var i = 0; i < 3 * Capacity; i++)
        {
            names.Set(Known(i, i, hashes));

            var found = Enumerable.Range(0, i + 1).Where(key => Find(names, key, hashes) is { } known && known.Until == key).ToList();
            Assert.Equal(Enumerable.Range(0, i + 1).TakeLast(Capacity / 2), found.TakeLast(Math.Min(i + 1, Capacity / 2)));
            Assert.InRange(found.Count, 1, Capacity);
        }
    }

    [Fact]
    public void WhatIsChanged_FillsNothing()
    {
        KnownNames names = new(Capacity);
        names.Set(Known(0, until: 1));
        for (var i = 0; i < 10 * Capacity; i++)
        {
            names.Set(Known(1, until: i));
        }

        Assert.NotNull(Find(names, 0));
    }

    [Fact]
    public void AnySequence_IsFoundAsNoted() => Prop.ForAll(
        Gen.Choose(0, 90).ArrayOf().Resize(400).ToArbitrary(),
        Gen.Choose(1, 40).ToArbitrary(),
        (keys, hashes) =>
        {
            KnownNames names = new(Capacity);
            Dictionary<int, long> noted = [];
            for (var i = 0; i < keys.Length; i++)
            {
                names.Set(Known(keys[i], until: i, hashes));
                noted[keys[i]] = i;
                Assert.Equal(i, Find(names, keys[i], hashes)!.Until);
            }

            // Fewer names than are always kept.
            Assert.All(noted, one => Assert.Equal(one.Value, Find(names, one.Key, hashes)!.Until));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void WhoReads_FindsWhatWasNoted_WhileOthersNote()
    {
        KnownNames names = new(40_000);
        var noted = -1;
        Parallel.Invoke(
            () =>
            {
                for (var i = 0; i < 19_000; i++)
                {
                    names.Set(Known(i, until: i));
                    Volatile.Write(ref noted, i);
                }
            },
            Read,
            Read);

        void Read()
        {
            for (var last = Volatile.Read(ref noted); last < 18_999; last = Volatile.Read(ref noted))
            {
                for (var i = last; i >= 0 && i > last - 50; i--)
                {
                    Assert.Equal(i, Find(names, i)!.Until);
                }
            }
        }
    }

    private static KnownName? Find(KnownNames names, int key, int hashes = int.MaxValue) => names.Find(Octets(key), HashOf(key, hashes));

    private static KnownName Known(int key, long until, int hashes = int.MaxValue) => new(Octets(key), HashOf(key, hashes), null, until);

    // The last places of a table of any size first.
    private static int HashOf(int key, int hashes) => -1 - (key % hashes);

    private static byte[] Octets(int key)
    {
        var octets = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(octets, key);
        return octets;
    }
}
