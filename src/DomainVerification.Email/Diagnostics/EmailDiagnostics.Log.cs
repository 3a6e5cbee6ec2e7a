using Microsoft.Extensions.Logging;

namespace DomainVerification.Email.Diagnostics;

internal static partial class EmailDiagnostics
{
    /// <summary>The log messages of the package: 7000 and up.</summary>
    internal static partial class Log
    {
        [LoggerMessage(
            7000,
            LogLevel.Information,
            "Made {Count} sending identities for claim {ClaimId} to {Domain}, epoch {Epoch}",
            EventName = "IdentitiesMade")]
        public static partial void IdentitiesMade(ILogger logger, ClaimId claimId, DomainName domain, long epoch, int count);

        [LoggerMessage(
            7001,
            LogLevel.Information,
            "Removed the sending identities of claim {ClaimId} to {Domain}, epoch {Epoch}, and their keys",
            EventName = "IdentitiesReleased")]
        public static partial void IdentitiesReleased(ILogger logger, ClaimId claimId, DomainName domain, long epoch);

        [LoggerMessage(
            EventId = 7002,
            EventName = "IdentityMoved",
            Message = "Sending identity {IdentityId} of {Domain} ({Kind}, {Region}): {From} to {To}")]
        public static partial void IdentityMoved(
            ILogger logger,
            LogLevel level,
            string identityId,
            DomainName domain,
            SendingKind kind,
            string region,
            SendingStatus from,
            SendingStatus to);

        [LoggerMessage(
            7003,
            LogLevel.Information,
            "Sending identity {IdentityId} of {Domain} signs with {Selector}, and no longer with {OldSelector}",
            EventName = "KeyRotated")]
        public static partial void KeyRotated(ILogger logger, string identityId, DomainName domain, string selector, string oldSelector);

        [LoggerMessage(
            7004,
            LogLevel.Information,
            "A new key of sending identity {IdentityId} of {Domain} waits at selector {Selector}",
            EventName = "RotationStarted")]
        public static partial void RotationStarted(ILogger logger, string identityId, DomainName domain, string selector);

        [LoggerMessage(
            7005,
            LogLevel.Error,
            "The signing key of identity {IdentityId} of {Domain}, selector {Selector}, cannot be decrypted",
            EventName = "KeyUnreadable")]
        public static partial void KeyUnreadable(
            ILogger logger,
            Exception exception,
            string identityId,
            DomainName domain,
            string selector);

        [LoggerMessage(
            7006,
            LogLevel.Error,
            "Looking for the e-mail records of claim {ClaimId}, epoch {Epoch}, threw; it is tried again when its lease ends",
            EventName = "LookFaulted")]
        public static partial void LookFaulted(ILogger logger, Exception exception, ClaimId claimId, long epoch);

        [LoggerMessage(
            7007,
            LogLevel.Error,
            "A batch of the worker of sending identities threw; the next round comes as planned",
            EventName = "RoundFaulted")]
        public static partial void RoundFaulted(ILogger logger, Exception exception);

        [LoggerMessage(
            7008,
            LogLevel.Warning,
            "Sending identities and their keys stay in the memory of this process, and the claims of {Store} outlive them. "
            + "Use a claim store that is an IHoldingStore too, or call UseHoldingStore",
            EventName = "KeysInMemory")]
        public static partial void KeysInMemory(ILogger logger, string store);
    }
}
