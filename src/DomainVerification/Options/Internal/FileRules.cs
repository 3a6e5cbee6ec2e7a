using DomainVerification.Challenges.Internal;

namespace DomainVerification.Options.Internal;

/// <summary>Checks what a profile says of files.</summary>
internal static class FileRules
{
    private const string OptIn = "must not be so, since the methods include HttpFile and a file proves its own host alone; "
        + "Files:TrustOneHostForAllSubdomains would let it prove more";

    public static void Check(OptionRules rules, DomainVerificationOptions options)
    {
        var files = options.Files;
        rules.Defined("Files:Scheme", files.Scheme);
        rules.Require(
            "Files:Path",
            files.Path,
            files.Path is null || FileSyntax.IsPath(files.Path),
            "must begin with '/', have at most 200 unreserved characters and slashes, no '..', and {id} once at the most");
        if (!options.Methods.Contains(ProofMethod.HttpFile))
        {
            return;
        }

        rules.Require(
            files.Path is null ? nameof(options.Provider) : "Files:Path",
            files.Path ?? options.Provider,
            !FileSyntax.IsRegistered(FileSyntax.Path(options)),
            "must not make a path that certificate authorities use");
        if (files.TrustOneHostForAllSubdomains)
        {
            return;
        }

        rules.Require(nameof(options.Scope), options.Scope, options.Scope != ChallengeScope.Domain, OptIn);
        rules.Require(nameof(options.Placement), options.Placement, options.Placement != ProofPlacement.RegistrableDomain, OptIn);
        rules.Require(nameof(options.Subject), options.Subject, options.Subject != ClaimSubject.RegistrableDomain, OptIn);
    }
}
