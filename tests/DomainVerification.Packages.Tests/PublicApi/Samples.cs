using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace DomainVerification.Packages.Tests.PublicApi;

// Types of every shape for the tests of ApiText.

public delegate Task<T> SampleDelegate<T>(T value, CancellationToken cancellationToken);

[Flags]
public enum SampleFlags : byte
{
    None = 0,

    [Obsolete("Use None")]
    Old = 4,
}

public interface ISample<in TKey, out TValue>
    where TKey : class, IComparable<TKey>
    where TValue : struct
{
    TValue Latest { get; }

    ValueTask<string?> ReadAsync(TKey key, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken);
}

public readonly record struct SampleStruct(int Value);

public sealed record SampleRecord(string Name, int? Count)
{
    public required IReadOnlyList<string?> Lines { get; init; }

    public string? Note { get; set; }

    internal string Hidden => Name;
}

public abstract class SampleClass : IDisposable
{
    public const string Code = "a_\"code\"";

    public static readonly int Number = Code.Length;

    public event EventHandler? Changed;

    public int Size { get; protected set; }

    public string this[int index] => Code[index..];

    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool TryRead(ref int position, in long start, [NotNullWhen(true)] out string? text, params int[] more)
    {
        text = start > position ? Code : null;
        return text is not null && more.Length > 0;
    }

    public static void Defaults(int count = 3, DayOfWeek day = DayOfWeek.Monday, int? limit = null, TimeSpan wait = default) =>
        Console.Out.Write($"{count} {day} {limit} {wait}");

    public virtual void Dispose() => GC.SuppressFinalize(this);

    public sealed override string ToString() => Code;

    protected abstract ValueTask<TItem?> FindAsync<TItem>(string name, CancellationToken cancellationToken)
        where TItem : class, new();

    [Experimental("SAMPLE001")]
    protected void OnChanged() => Changed?.Invoke(this, EventArgs.Empty);
}
