namespace DomainVerification.Packages.Tests.Conventions;

/// <summary>The types that asynchronous methods return.</summary>
internal static class AsyncTypes
{
    private static readonly Type[] Generic = [typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>)];

    public static bool IsAsync(Type type) => type == typeof(Task) || type == typeof(ValueTask) || ResultOf(type) is not null;

    /// <summary>What comes out of awaiting the type, or null where nothing does.</summary>
    public static Type? ResultOf(Type type) =>
        type.IsGenericType && Generic.Contains(type.GetGenericTypeDefinition()) ? type.GetGenericArguments()[0] : null;
}
