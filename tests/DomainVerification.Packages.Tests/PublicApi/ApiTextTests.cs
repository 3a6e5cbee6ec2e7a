namespace DomainVerification.Packages.Tests.PublicApi;

public class ApiTextTests
{
    [Fact]
    public void Render_Record_ShowsRequiredAndInitMembersAndNullability() => Assert.Equal(
        """
        public sealed record SampleRecord : IEquatable<SampleRecord>
        {
            public SampleRecord(string Name, int? Count);
            public int? Count { get; init; }
            public required IReadOnlyList<string?> Lines { get; init; }
            public string Name { get; init; }
            public string? Note { get; set; }
            public void Deconstruct(out string Name, out int? Count);
        }
        """,
        Rendered(typeof(SampleRecord)));

    [Fact]
    public void Render_Enum_ShowsAttributesAndValues() => Assert.Equal(
        """
        [Flags]
        public enum SampleFlags : byte
        {
            None = 0,
            [Obsolete("Use None")] Old = 4,
        }
        """,
        Rendered(typeof(SampleFlags)));

    [Fact]
    public void Render_GenericInterface_ShowsVarianceAndConstraints() => Assert.Equal(
        """
        public interface ISample<in TKey, out TValue> where TKey : class, IComparable<TKey> where TValue : struct
        {
            TValue Latest { get; }
            ValueTask<string?> ReadAsync(TKey key, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken);
        }
        """,
        Rendered(typeof(ISample<,>)));

    [Fact]
    public void Render_Members_ShowsModifiersDefaultsAndConstraints() => Assert.Equal(
        """
        public abstract class SampleClass : IDisposable
        {
            public const string Code = "a_\"code\"";
            public static readonly int Number;
            protected SampleClass();
            public string this[int index] { get; }
            public int Size { get; protected set; }
            public event EventHandler? Changed;
            public static void Defaults(int count = 3, DayOfWeek day = DayOfWeek.Monday, int? limit = null, TimeSpan wait = default);
            public virtual void Dispose();
            protected abstract ValueTask<TItem?> FindAsync<TItem>(string name, CancellationToken cancellationToken) where TItem : class, new();
            [Experimental("SAMPLE001")]
            protected void OnChanged();
            public sealed override string ToString();
            [EditorBrowsable(EditorBrowsableState.Never)]
            public static bool TryRead(ref int position, in long start, [NotNullWhen(true)] out string? text, params int[] more);
        }
        """,
        Rendered(typeof(SampleClass)));

    [Fact]
    public void Render_Delegate_ShowsItsInvocation() => Assert.Equal(
        "public delegate Task<T> SampleDelegate<T>(T value, CancellationToken cancellationToken);",
        Rendered(typeof(SampleDelegate<>)));

    [Fact]
    public void Render_ReadOnlyRecordStruct_SaysSo() => Assert.StartsWith(
        "public readonly record struct SampleStruct : IEquatable<SampleStruct>",
        Rendered(typeof(SampleStruct)),
        StringComparison.Ordinal);

    private static string Rendered(Type type)
    {
        var lines = ApiText.Render([type]).Split('\n')[2..^2];
        return string.Join('\n', lines.Select(line => line[4..]));
    }
}
