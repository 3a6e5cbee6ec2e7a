namespace DomainVerification.PublicSuffixes.Internal;

internal static class PublicSuffixListErrors
{
    public static DomainVerificationError TooLarge() => new(
        DomainVerificationErrorCodes.PublicSuffixListTooLarge,
        $"The public suffix list is longer than {PublicSuffixList.MaxTextLength} bytes. Supply the file public_suffix_list.dat.");

    // The line itself is not repeated: it can be anything, and messages reach logs.
    public static DomainVerificationError Malformed(int line, string reason) => new(
        DomainVerificationErrorCodes.PublicSuffixListMalformed,
        $"Line {line} of the public suffix list is malformed: {reason}");

    public static DomainVerificationError NotUtf8() => new(
        DomainVerificationErrorCodes.PublicSuffixListMalformed,
        "The public suffix list is not UTF-8 text.");

    public static DomainVerificationError Incomplete(string reason) => new(
        DomainVerificationErrorCodes.PublicSuffixListIncomplete,
        $"The public suffix list is incomplete. {reason}");

    public static DomainVerificationError Outdated(DateOnly supplied, DateOnly current) => new(
        DomainVerificationErrorCodes.PublicSuffixListOutdated,
        $"The public suffix list of {supplied:yyyy-MM-dd} is older than the one in use, of {current:yyyy-MM-dd}.");
}
