using DomainVerification.Email.Diagnostics;
using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Status.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DomainVerification.Email.Checks.Internal;

/// <summary>Looks for all records of a holding, and keeps what that makes of its identities.</summary>
internal sealed class HoldingChecker(
    Holdings holdings,
    RecordChecker checker,
    IOptionsMonitor<EmailIdentityOptions> options,
    TimeProvider time,
    ILogger<HoldingChecker> logger)
{
    /// <summary>Looks now; gives <see langword="null"/> where the holding has ended meanwhile.</summary>
    /// <param name="record">What is kept for the holding.</param>
    /// <param name="isAsked">Whether somebody asked for the look.</param>
    /// <param name="cancellationToken">Ends the call early; then nothing changed.</param>
    public async Task<EmailHolding?> CheckAsync(HoldingRecord record, bool isAsked, CancellationToken cancellationToken)
    {
        var holding = EmailHoldingJson.Read(record);
        if (holding.ReleasedAt is not null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var started = time.GetTimestamp();
        var wanted = holding.Identities
            .Where(identity => IdentityLifecycle.IsWatched(identity, isAsked))
            .SelectMany(identity => identity.Records.Select(record => RecordKey.Of(identity, record)));
        var sights = await checker.LookAsync(record.Domain, wanted, cancellationToken).ConfigureAwait(false);
        EmailDiagnostics.RecordLook(sights, time.GetElapsedTime(started));

        // DNS was asked outside of any lock. Whatever changed meanwhile, what was seen still says the same of the records that are wanted.
        var settings = options.Get(record.Profile);
        var change = await holdings
            .ChangeAsync(
                record.Key,
                before => before with
                {
                    Identities =
                    [
                        .. before.Identities.Select(identity => IdentityLifecycle.Look(identity, sights, isAsked, now, settings)),
                    ],
                },
                cancellationToken)
            .ConfigureAwait(false);
        if (change is not null)
        {
            EmailDiagnostics.RecordMoves(logger, change);
        }

        return change?.After;
    }
}
