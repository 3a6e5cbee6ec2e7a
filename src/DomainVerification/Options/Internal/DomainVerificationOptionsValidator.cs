using DomainVerification.Challenges.Internal;
using Microsoft.Extensions.Options;

namespace DomainVerification.Options.Internal;

/// <summary>Checks a profile as a whole.</summary>
internal sealed class DomainVerificationOptionsValidator : IValidateOptions<DomainVerificationOptions>
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan Season = TimeSpan.FromDays(90);

    public ValidateOptionsResult Validate(string? name, DomainVerificationOptions options)
    {
        var prefix = string.IsNullOrEmpty(name)
            ? $"{DomainVerificationOptions.SectionName}:"
            : $"{ProfileConfiguration.ProfilesSection}:{name}:";
        var rules = new OptionRules(prefix);
        CheckChoices(rules, options);
        CheckRecord(rules, options);
        FileRules.Check(rules, options);
        CheckToken(rules, options);
        CheckKeys(rules, options);
        CheckTimes(rules, options);
        CheckTransfers(rules, options.Transfers);
        CheckWatch(rules, options.Watch);
        CheckDenied(rules, options);
        return rules.Failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(rules.Failures);
    }

    private static void CheckChoices(OptionRules rules, DomainVerificationOptions options)
    {
        rules.Defined(nameof(options.Scope), options.Scope);
        rules.Defined(nameof(options.TenantLabel), options.TenantLabel);
        rules.Defined(nameof(options.Placement), options.Placement);
        rules.Defined(nameof(options.Subject), options.Subject);
        rules.Defined(nameof(options.Exclusivity), options.Exclusivity);
        rules.Defined(nameof(options.Takeover), options.Takeover);
        rules.Defined(nameof(options.OnProved), options.OnProved);
        foreach (var method in options.Methods)
        {
            rules.Defined(nameof(options.Methods), method);
        }
    }

    private static void CheckRecord(OptionRules rules, DomainVerificationOptions options)
    {
        rules.Require(
            nameof(options.Provider),
            options.Provider,
            RecordSyntax.IsProvider(options.Provider),
            "must be 1 to 40 lower-case letters, digits and inner hyphens");
        CheckLabel(rules, options);
        rules.Require(
            nameof(options.ValueFormat),
            options.ValueFormat,
            RecordSyntax.IsValueFormat(options.ValueFormat),
            "must be printable ASCII, 200 characters at the most, with {token} once");
        CheckZone(rules, nameof(options.CnameZone), options.CnameZone);
        CheckZone(rules, nameof(options.DelegationZone), options.DelegationZone);
        rules.Require(
            nameof(options.CnameZone),
            options.CnameZone,
            options.CnameZone is not null || !options.Methods.Contains(ProofMethod.DnsCname),
            "must be set, since the methods include DnsCname");
    }

    private static void CheckLabel(OptionRules rules, DomainVerificationOptions options)
    {
        const string NotRegistered = "an underscore label that is registered for something else (RFC 8552)";
        if (options.RecordLabel is not { } label)
        {
            var isFree = options.Scope != ChallengeScope.Unspecified || !RecordSyntax.IsRegistered($"_{options.Provider}-challenge");
            rules.Require(nameof(options.Provider), options.Provider, isFree, $"must not make {NotRegistered}; set Scope or RecordLabel");
            return;
        }

        rules.Require(
            nameof(options.RecordLabel),
            label,
            label == "@" || (label.Length <= 100 && RecordSyntax.IsName(label)),
            "must be '@', or labels of lower-case letters, digits, hyphens and underscores, 100 characters at the most");
        rules.Require(nameof(options.RecordLabel), label, !RecordSyntax.IsRegistered(label), $"must not use {NotRegistered}");
        rules.Require(
            nameof(options.RecordLabel),
            label,
            label.StartsWith('_') || !NeedsCname(options),
            "must start with an underscore, since the record is, or is reached by, a CNAME");
    }

    private static bool NeedsCname(DomainVerificationOptions options) =>
        options.DelegationZone is not null || options.Methods.Contains(ProofMethod.DnsCname);

    private static void CheckZone(OptionRules rules, string option, string? zone) => rules.Require(
        option,
        zone,
        zone is null || (zone.Length <= 150 && RecordSyntax.IsName(zone) && zone.Contains('.', StringComparison.Ordinal)),
        "must be a lower-case ASCII domain name without a final dot, 150 characters at the most");

    private static void CheckToken(OptionRules rules, DomainVerificationOptions options)
    {
        var token = options.Token;
        rules.Defined("Token:Source", token.Source);
        rules.Defined("Token:Encoding", token.Encoding);
        rules.Defined("Token:Disclosure", token.Disclosure);
        var most = token.Source == TokenSource.Derived ? 256 : TokenOptions.MaximumBits;
        rules.Range("Token:Bits", token.Bits, TokenOptions.MinimumBits, most);
        rules.Require(
            "Token:Format",
            token.Format,
            RecordSyntax.IsTokenFormat(token.Format),
            "must be printable ASCII without spaces, 100 characters at the most, with {0} once");
        rules.Require(
            "Token:Disclosure",
            token.Disclosure,
            token is not { Source: TokenSource.Derived, Disclosure: TokenDisclosure.Once },
            "must be Always for derived tokens, which can be derived again at any time");
        if (options.Methods.Contains(ProofMethod.DnsCname))
        {
            rules.Require(
                "Token:Encoding",
                token.Encoding,
                token.Encoding != TokenEncoding.Base64Url,
                "must not depend on case, which DNS does not keep, since the methods include DnsCname");
            rules.Require(
                "Token:Format",
                token.Format,
                !RecordSyntax.IsTokenFormat(token.Format) || RecordSyntax.FitsLabel(token),
                "must fill, with its random part, one label of 63 lower-case letters, digits and hyphens at the most, "
                + "since the methods include DnsCname");
        }
    }

    private static void CheckKeys(OptionRules rules, DomainVerificationOptions options)
    {
        var needed = options.Token.Source == TokenSource.Derived || options.TenantLabel == TenantLabel.KeyedHash;
        rules.Require(nameof(options.Keys), "empty", !needed || options.Keys.Count > 0, "needs a key for derived tokens and tenant labels");
        for (var i = 0; i < options.Keys.Count; i++)
        {
            var key = options.Keys[i];
            rules.Require($"Keys:{i}:Id", key.Id, RecordSyntax.IsKeyId(key.Id), "must be 1 to 32 letters, digits, hyphens or underscores");
            rules.RequireSecret($"Keys:{i}:Secret", RecordSyntax.IsSecret(key.Secret), "must be at least 32 bytes in base64");
        }

        // Code that adds a key may run twice, as AddDomainVerification may.
        var keys = options.Keys.DistinctBy(key => (key.Id, key.Secret)).ToList();
        rules.Require(
            nameof(options.Keys),
            string.Join(", ", keys.Select(key => key.Id)),
            keys.DistinctBy(key => key.Id).Count() == keys.Count,
            "must have a different Id for each key");
    }

    private static void CheckTimes(OptionRules rules, DomainVerificationOptions options)
    {
        rules.Range(nameof(options.ChallengeLifetime), options.ChallengeLifetime, Minute, Month);
        rules.Range(nameof(options.ProofFreshness), options.ProofFreshness, Minute, Month);
        rules.Range(nameof(options.MaximumPendingClaims), options.MaximumPendingClaims, 0, ClaimQuery.MaximumPageSize);
        var recheck = options.Recheck;
        rules.Defined("Recheck:Start", recheck.Start);
        rules.Range("Recheck:FirstDelay", recheck.FirstDelay, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        rules.Range("Recheck:Growth", recheck.Growth, 1.0, 10.0);
        rules.Range("Recheck:MaximumDelay", recheck.MaximumDelay, recheck.FirstDelay, TimeSpan.FromDays(7));
        rules.Range("Recheck:MaximumTries", recheck.MaximumTries, 0, 10_000);
    }

    private static void CheckTransfers(OptionRules rules, TransferOptions transfers)
    {
        rules.Range("Transfers:ActiveWithin", transfers.ActiveWithin, TimeSpan.Zero, TimeSpan.FromDays(365));
        rules.Range("Transfers:GracePeriod", transfers.GracePeriod, TimeSpan.Zero, Season);
        rules.Range("Transfers:ReproofWindow", transfers.ReproofWindow, TimeSpan.Zero, Month);
        rules.Range("Transfers:ReviewLifetime", transfers.ReviewLifetime, TimeSpan.FromHours(1), Season);
        rules.Range("Transfers:UndoWindow", transfers.UndoWindow, TimeSpan.Zero, Month);
    }

    private static void CheckWatch(OptionRules rules, WatchOptions watch)
    {
        rules.Range("Watch:Interval", watch.Interval, Minute, Month);
        rules.Range("Watch:RetryInterval", watch.RetryInterval, Minute, watch.Interval > Minute ? watch.Interval : Minute);
        rules.Range("Watch:Misses", watch.Misses, 1, 100);
        rules.Range("Watch:GracePeriod", watch.GracePeriod, TimeSpan.Zero, Season);
    }

    private static void CheckDenied(OptionRules rules, DomainVerificationOptions options)
    {
        for (var i = 0; i < options.DeniedDomains.Count; i++)
        {
            rules.Require(
                $"DeniedDomains:{i}",
                options.DeniedDomains[i],
                DomainName.TryParse(options.DeniedDomains[i], out _, out _),
                "must be a domain name");
        }
    }
}
