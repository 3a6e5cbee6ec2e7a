namespace DomainVerification;

/// <summary>How the files of proofs are fetched.</summary>
public sealed class HttpFileProofOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = DomainVerificationOptions.SectionName + ":Http";

    /// <summary>The most redirects that are followed.</summary>
    public const int MaximumRedirects = 10;

    /// <summary>The most octets that a file may have, white space at its end included.</summary>
    public const int MaximumFileLength = 1024;

    /// <summary>How long to wait for a connection to one address: 100 milliseconds to 1 minute.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a whole check may take, all redirects, look-ups and tries together: 100 milliseconds to 2 minutes.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a request is repeated whose connection broke, or whose server could not answer: 0 to 3.</summary>
    /// <value>Default: 1.</value>
    public int Retries { get; set; } = 1;
}
