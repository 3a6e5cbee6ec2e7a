namespace DomainVerification.AspNetCore.Streams.Internal;

/// <summary>Why a stream ended.</summary>
internal enum StreamEnd
{
    /// <summary>The claim has ended, and nothing more can come.</summary>
    Final,

    /// <summary>The claim is gone, or no longer for this reader.</summary>
    Gone,

    /// <summary>The time of the stream is over; the reader opens the next.</summary>
    Over,

    /// <summary>The reader left.</summary>
    Left,

    /// <summary>The host stops.</summary>
    Stopped,

    /// <summary>Something threw.</summary>
    Faulted,
}
