using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Docs.Tests;

/// <summary>The code of <c>docs/limits.md</c>.</summary>
internal static class SnippetsLimits
{
    public interface ICounters
    {
        ValueTask<TimeSpan?> TakeAsync(string key, CancellationToken cancellationToken);
    }

    public static void Numbers(WebApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification()
            .ConfigureCheckLimits(limits =>
            {
                limits.PerOwner = 60;
                limits.Total = 0;   // no limit
            });
    }

    public static void Shared(WebApplicationBuilder builder)
    {
        builder.Services.AddDomainVerification().UseProofCheckLimiter<SharedLimiter>();
    }

    internal sealed class SharedLimiter(ICounters counters) : IProofCheckLimiter
    {
        public async ValueTask<ProofCheckAdmission> AdmitAsync(ProofCheckAttempt attempt, CancellationToken cancellationToken)
        {
            var wait = await counters.TakeAsync($"checks:{attempt.Owner}", cancellationToken);
            return wait is { } time ? ProofCheckAdmission.Refused(time) : ProofCheckAdmission.Admitted;
        }
    }
}
