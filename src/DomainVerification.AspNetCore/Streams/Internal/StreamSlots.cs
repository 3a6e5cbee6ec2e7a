using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Streams.Internal;

/// <summary>Counts the open streams of each owner in this process, so that no owner can take all connections.</summary>
internal sealed class StreamSlots(IOptions<DomainVerificationWebOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>Takes a place for a stream, until it is disposed; <see langword="null"/> where the owner has all of its own.</summary>
    public IDisposable? TryEnter(string owner)
    {
        lock (_gate)
        {
            var count = _open.GetValueOrDefault(owner);
            if (count >= options.Value.Streams.MaximumPerOwner)
            {
                return null;
            }

            _open[owner] = count + 1;
        }

        StreamDiagnostics.Opened();
        return new Slot(this, owner);
    }

    private void Leave(string owner)
    {
        lock (_gate)
        {
            if (--_open[owner] == 0)
            {
                _open.Remove(owner);
            }
        }

        StreamDiagnostics.Closed();
    }

    private sealed class Slot(StreamSlots slots, string owner) : IDisposable
    {
        private StreamSlots? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Leave(owner);
    }
}
