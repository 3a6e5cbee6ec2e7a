using Microsoft.Extensions.Logging;

namespace DomainVerification.Diagnostics;

public static partial class DomainVerificationDiagnostics
{
    /// <summary>
    /// The log messages of the core. Ranges: 1000 claims, 2000 proofs, 4000 provisioning, 5000 worker; 3000 belongs to DNS.
    /// </summary>
    internal static partial class Log
    {
        [LoggerMessage(
            1000,
            LogLevel.Information,
            "Claim {ClaimId} to {Domain}: {Type}, now {Status}, by {Actor}",
            EventName = "ClaimMoved")]
        public static partial void ClaimMoved(
            ILogger logger,
            ClaimId claimId,
            DomainName domain,
            string type,
            ClaimStatus status,
            ClaimActor actor);

        [LoggerMessage(
            1001,
            LogLevel.Warning,
            "The signals threw when claim {ClaimId} had changed; the change stands, and who watches it sees it at the next look",
            EventName = "SignalsFaulted")]
        public static partial void SignalsFaulted(ILogger logger, Exception exception, ClaimId claimId);

        [LoggerMessage(2000, LogLevel.Debug, "Checked claim {ClaimId} to {Domain}: {Outcome}, {Diagnosis}", EventName = "ProofChecked")]
        public static partial void ProofChecked(ILogger logger, ClaimId claimId, DomainName domain, ProofOutcome outcome, string diagnosis);

        [LoggerMessage(
            2001,
            LogLevel.Debug,
            "A check of claim {ClaimId} to {Domain} was refused, since there were too many in a short time",
            EventName = "ProofCheckRefused")]
        public static partial void ProofCheckRefused(ILogger logger, ClaimId claimId, DomainName domain);

        [LoggerMessage(
            2002,
            LogLevel.Warning,
            "File checks connect to ports {HttpPort} and {HttpsPort} of this machine instead of to web servers: this is for tests",
            EventName = "FileChecksRouted")]
        public static partial void FileChecksRouted(ILogger logger, int httpPort, int httpsPort);

        [LoggerMessage(
            4000,
            LogLevel.Information,
            "Operation {OperationId} ({Kind} by {Target}, {Domain}, epoch {Epoch}): {Result} {Code}",
            EventName = "WorkDone")]
        public static partial void WorkDone(
            ILogger logger,
            Guid operationId,
            ClaimWorkKind kind,
            string target,
            DomainName domain,
            long epoch,
            ProvisionStatus result,
            string? code);

        [LoggerMessage(
            4005,
            LogLevel.Debug,
            "Notice {OperationId} (handler {Target}, {Domain}, version {Version}): {Result} {Code}",
            EventName = "NoticeDone")]
        public static partial void NoticeDone(
            ILogger logger,
            Guid operationId,
            string target,
            DomainName domain,
            long version,
            ProvisionStatus result,
            string? code);

        [LoggerMessage(
            4001,
            LogLevel.Error,
            "Operation {OperationId} ({Kind} {Domain} by {Target}) threw; it is tried again",
            EventName = "ProvisionerFaulted")]
        public static partial void ProvisionerFaulted(
            ILogger logger,
            Exception exception,
            Guid operationId,
            ClaimWorkKind kind,
            DomainName domain,
            string target);

        [LoggerMessage(
            4002,
            LogLevel.Error,
            "Doing operation {OperationId} ({Kind} {Domain}) threw; it is tried again when its lease ends",
            EventName = "WorkFaulted")]
        public static partial void WorkFaulted(
            ILogger logger,
            Exception exception,
            Guid operationId,
            ClaimWorkKind kind,
            DomainName domain);

        [LoggerMessage(
            4003,
            LogLevel.Error,
            "Operation {OperationId} ({Kind} {Domain}, claim {ClaimId}, epoch {Epoch}) is a dead letter after {Attempts} tries: {Code}; "
            + "it is not tried again until somebody replays it",
            EventName = "DeadLettered")]
        public static partial void DeadLettered(
            ILogger logger,
            Guid operationId,
            ClaimWorkKind kind,
            DomainName domain,
            ClaimId claimId,
            long epoch,
            int attempts,
            string? code);

        [LoggerMessage(
            4004,
            LogLevel.Information,
            "Dead letter {OperationId} ({Kind} {Domain}) was decided by {Actor}; replayed: {IsReplayed}",
            EventName = "DeadLetterDecided")]
        public static partial void DeadLetterDecided(
            ILogger logger,
            Guid operationId,
            ClaimWorkKind kind,
            DomainName domain,
            bool isReplayed,
            ClaimActor actor);

        [LoggerMessage(
            5000,
            LogLevel.Error,
            "Re-checking claim {ClaimId} threw; it is tried again when its lease ends",
            EventName = "RecheckFaulted")]
        public static partial void RecheckFaulted(ILogger logger, Exception exception, ClaimId claimId);

        [LoggerMessage(5001, LogLevel.Error, "A batch of the worker threw; the next round comes as planned", EventName = "RoundFaulted")]
        public static partial void RoundFaulted(ILogger logger, Exception exception);
    }
}
