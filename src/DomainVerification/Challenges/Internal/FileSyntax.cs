using System.Security.Cryptography;
using System.Text;
using DomainVerification.Tokens.Internal;

namespace DomainVerification.Challenges.Internal;

/// <summary>Where the file of a challenge stands.</summary>
internal static class FileSyntax
{
    private const string IdPurpose = "DomainVerification.FileId.1:";
    private const int IdBits = 128;

    /// <summary>Paths whose files mean something to certificate authorities: RFC 8555 and Baseline Requirements, 3.2.2.4.18.</summary>
    private static readonly string[] Registered = ["/.well-known/acme-challenge", "/.well-known/pki-validation"];

    public static bool IsPath(string path) =>
        path is { Length: >= 2 and <= 200 }
        && path[0] == '/'
        && path.Split(FileProofOptions.IdPlaceholder) is { Length: <= 2 } parts
        && parts.All(part => part.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.' or '_' or '~'))
        && !path.Split('/').Any(segment => segment is "." or "..");

    public static bool IsRegistered(string path) => Registered.Any(known =>
        path.Equals(known, StringComparison.OrdinalIgnoreCase) || path.StartsWith(known + "/", StringComparison.OrdinalIgnoreCase));

    /// <summary>The path of a profile, with the place of the id.</summary>
    public static string Path(DomainVerificationOptions options) =>
        options.Files.Path ?? $"/.well-known/{options.Provider}-challenge/{FileProofOptions.IdPlaceholder}";

    /// <summary>
    /// The URL of the file for a token. The id is a digest of the token: the same again for a claim that comes back to this method, and of
    /// no use to a server that wants to make the content of it.
    /// </summary>
    public static string Url(DomainVerificationOptions options, DomainName host, string token)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(IdPurpose + token));
        var id = TokenAlphabet.Write(digest, TokenEncoding.Base32, IdBits);
        var scheme = options.Files.Scheme == FileScheme.Https ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        return $"{scheme}://{host.Value}{Path(options).Replace(FileProofOptions.IdPlaceholder, id, StringComparison.Ordinal)}";
    }
}
