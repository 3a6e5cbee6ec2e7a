using System.Text.Json.Serialization;

namespace DomainVerification.AspNetCore.Resources.Internal;

/// <summary>The file that the customer puts on the web server.</summary>
internal sealed record FileResource
{
    [JsonPropertyName("url")]
    public required string Url { get; init; }

    [JsonPropertyName("host")]
    public required string Host { get; init; }

    [JsonPropertyName("path")]
    public required string Path { get; init; }

    [JsonPropertyName("content")]
    public required string Content { get; init; }

    public static FileResource? Of(ChallengeFile? file) => file is null
        ? null
        : new FileResource { Url = file.Url, Host = file.Host, Path = file.Path, Content = file.Content };

    /// <summary>Leaves out the content, so that it can be logged.</summary>
    public override string ToString() => Url;
}
