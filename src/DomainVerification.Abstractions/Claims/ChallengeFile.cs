namespace DomainVerification;

/// <summary>A file that proves control, as the customer puts it on the web server.</summary>
/// <param name="Url">Where the file must be found, such as <c>http://example.com/.well-known/contoso-challenge/mzxw6ytboi</c>.</param>
/// <param name="Host">The host that serves it: exactly this one, in ASCII.</param>
/// <param name="Path">The path on that host, such as <c>/.well-known/contoso-challenge/mzxw6ytboi</c>.</param>
/// <param name="Content">All that the file holds; white space behind it does no harm. A secret until it is published.</param>
public sealed record ChallengeFile(string Url, string Host, string Path, string Content)
{
    /// <summary>Leaves out the content, so that it can be logged.</summary>
    public override string ToString() => Url;
}
