namespace DomainVerification.Dns;

/// <summary>
/// Keeps what was noted of names last, in two generations: when the younger is half of what may be kept, the older is forgotten. A look-up
/// looks here once for each label of its name, so the places of a generation lie side by side. Safe to use from several threads.
/// </summary>
/// <param name="capacity">The most that is kept; at least half of it is.</param>
internal sealed class KnownNames(int capacity)
{
    private readonly Lock _gate = new();
    private Generation _young = new();
    private Generation _old = new();

    /// <summary>What was noted of a name; null where nothing was, or it is forgotten.</summary>
    /// <param name="octets">The wire form of the name, in lower case.</param>
    /// <param name="hash">Its hash.</param>
    public KnownName? Find(ReadOnlySpan<byte> octets, int hash) =>
        Volatile.Read(ref _young).Find(octets, hash) ?? Volatile.Read(ref _old).Find(octets, hash);

    /// <summary>Notes what is known, instead of what was known before.</summary>
    public void Set(KnownName known)
    {
        lock (_gate)
        {
            _young.Set(known);
            if (_young.Count >= capacity / 2)
            {
                Volatile.Write(ref _old, _young);
                Volatile.Write(ref _young, new Generation());
            }
        }
    }

    private sealed class Generation
    {
        private const int FewestPlaces = 64;

        private Place[] _places = new Place[FewestPlaces];

        public int Count { get; private set; }

        public KnownName? Find(ReadOnlySpan<byte> octets, int hash)
        {
            var places = Volatile.Read(ref _places);
            for (var i = hash & (places.Length - 1); ; i = (i + 1) & (places.Length - 1))
            {
                ref var place = ref places[i];
                var known = Volatile.Read(ref place.Known);
                if (known is null || (place.Hash == hash && known.Octets.SequenceEqual(octets)))
                {
                    return known;
                }
            }
        }

        /// <summary>In the turn of all that write.</summary>
        public void Set(KnownName known)
        {
            if (Put(_places, known))
            {
                Count++;
                Grow();
            }
        }

        // Half of the places stay empty, so that a look ends after one or two.
        private void Grow()
        {
            if (Count * 2 <= _places.Length)
            {
                return;
            }

            var more = new Place[_places.Length * 2];
            foreach (var place in _places)
            {
                if (place.Known is { } known)
                {
                    Put(more, known);
                }
            }

            Volatile.Write(ref _places, more);
        }

        /// <returns>Whether the name is new there.</returns>
        private static bool Put(Place[] places, KnownName known)
        {
            for (var i = known.Hash & (places.Length - 1); ; i = (i + 1) & (places.Length - 1))
            {
                ref var place = ref places[i];
                var isNew = place.Known is null;
                if (isNew || (place.Hash == known.Hash && place.Known!.Octets.SequenceEqual(known.Octets)))
                {
                    // A place is one name's for good: who reads it while it is written sees none there, or that one.
                    place.Hash = known.Hash;
                    Volatile.Write(ref place.Known, known);
                    return isNew;
                }
            }
        }

        private struct Place
        {
            public int Hash;
            public KnownName? Known;
        }
    }
}
