namespace DomainVerification.Testing;

/// <summary>A request that a <see cref="LoopbackWebServer"/> received.</summary>
public sealed record ReceivedRequest
{
    /// <summary><c>http</c> or <c>https</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The method, such as <c>GET</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The host that the request names, without a port.</summary>
    public required string Host { get; init; }

    /// <summary>The path with its query.</summary>
    public required string Path { get; init; }

    /// <summary>The headers; names are found in any case, several of one name are joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>When it was read, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
