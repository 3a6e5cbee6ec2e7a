using System.Buffers.Text;
using System.Text;

namespace DomainVerification.Email.Checks.Internal;

/// <summary>What the text of a DKIM key record comes to.</summary>
internal enum DkimKeyVerdict
{
    /// <summary>It is the wanted key, and e-mail may be signed with it.</summary>
    Match,

    /// <summary>It is another key, or one that may not sign this mail.</summary>
    Other,

    /// <summary>The key is withdrawn.</summary>
    Revoked,

    /// <summary>The text is no key record.</summary>
    Malformed,
}

/// <summary>Reads the text of a DKIM key record (RFC 6376, section 3.6.1) as a strict verifier does.</summary>
internal static class DkimKeyText
{
    private static readonly char[] WhiteSpace = [' ', '\t', '\r', '\n'];

    /// <summary>Compares a published text with the wanted key.</summary>
    /// <param name="text">The text, its strings joined.</param>
    /// <param name="publicKey">The wanted key: SubjectPublicKeyInfo in Base64.</param>
    public static DkimKeyVerdict Judge(string text, string publicKey)
    {
        if (TagList.Parse(text) is not { } tags || !tags.TryGetValue("p", out var key))
        {
            return DkimKeyVerdict.Malformed;
        }

        // A version has to be the first tag, and this one.
        if (tags.TryGetValue("v", out var version) && (version != "DKIM1" || tags.First != "v"))
        {
            return DkimKeyVerdict.Malformed;
        }

        var published = WithoutSpace(key);
        if (published.Length == 0)
        {
            return DkimKeyVerdict.Revoked;
        }

        if (!Base64.IsValid(published))
        {
            return DkimKeyVerdict.Malformed;
        }

        var isRsa = !tags.TryGetValue("k", out var type) || type == "rsa";
        var mayHash = !tags.TryGetValue("h", out var hashes) || Has(hashes, "sha256");
        var maySignMail = !tags.TryGetValue("s", out var services) || Has(services, "*") || Has(services, "email");
        return isRsa && mayHash && maySignMail && published == publicKey ? DkimKeyVerdict.Match : DkimKeyVerdict.Other;
    }

    private static bool Has(string list, string wanted) =>
        list.Split(':').Any(item => string.Equals(item.Trim(WhiteSpace), wanted, StringComparison.Ordinal));

    private static string WithoutSpace(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var part in text.Split(WhiteSpace, StringSplitOptions.RemoveEmptyEntries))
        {
            kept.Append(part);
        }

        return kept.ToString();
    }
}
