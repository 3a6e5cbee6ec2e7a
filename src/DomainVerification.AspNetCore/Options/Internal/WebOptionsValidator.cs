using Microsoft.Extensions.Options;

namespace DomainVerification.AspNetCore.Options.Internal;

/// <summary>Refuses options that no request could be answered by.</summary>
internal sealed class WebOptionsValidator : IValidateOptions<DomainVerificationWebOptions>
{
    private const int LargestPage = 100;
    private const int SmallestBody = 64;
    private const int LargestBody = 1024 * 1024;
    private const int LargestStreams = 10_000;

    public ValidateOptionsResult Validate(string? name, DomainVerificationWebOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = new ValidateOptionsResultBuilder();
        if (options.OwnerClaimTypes is not { Count: > 0 } owners || owners.Any(string.IsNullOrWhiteSpace))
        {
            builder.AddError("It must name at least one claim type, and none may be blank.", nameof(options.OwnerClaimTypes));
        }

        if (options.ActorClaimTypes is not { Count: > 0 } actors || actors.Any(string.IsNullOrWhiteSpace))
        {
            builder.AddError("It must name at least one claim type, and none may be blank.", nameof(options.ActorClaimTypes));
        }

        if (options.MaximumBodyBytes is < SmallestBody or > LargestBody)
        {
            builder.AddError("It must be from 64 to 1,048,576.", nameof(options.MaximumBodyBytes));
        }

        if (options.MaximumPageSize is < 1 or > LargestPage)
        {
            builder.AddError("It must be from 1 to 100.", nameof(options.MaximumPageSize));
        }

        if (options.DefaultPageSize < 1 || options.DefaultPageSize > options.MaximumPageSize)
        {
            builder.AddError("It must be from 1 to MaximumPageSize.", nameof(options.DefaultPageSize));
        }

        if (options.ProblemTypeBase is { } address
            && (!address.IsAbsoluteUri || !address.AbsoluteUri.EndsWith('/') || address.Query.Length > 0 || address.Fragment.Length > 0))
        {
            builder.AddError("It must be an absolute address that ends with a slash.", nameof(options.ProblemTypeBase));
        }

        Validate(builder, options.Streams);
        return builder.Build();
    }

    private static void Validate(ValidateOptionsResultBuilder builder, ClaimStreamOptions streams)
    {
        Require(streams.PollInterval, TimeSpan.FromMinutes(1), nameof(streams.PollInterval));
        Require(streams.HeartbeatInterval, TimeSpan.FromMinutes(5), nameof(streams.HeartbeatInterval));
        Require(streams.Lifetime, TimeSpan.FromHours(1), nameof(streams.Lifetime));
        Require(streams.ReconnectDelay, TimeSpan.FromMinutes(5), nameof(streams.ReconnectDelay));
        if (streams.MaximumPerOwner is < 1 or > LargestStreams)
        {
            builder.AddError("It must be from 1 to 10,000.", $"Streams.{nameof(streams.MaximumPerOwner)}");
        }

        void Require(TimeSpan value, TimeSpan longest, string name)
        {
            if (value < TimeSpan.FromSeconds(1) || value > longest)
            {
                builder.AddError($"It must be from 00:00:01 to {longest:c}.", $"Streams.{name}");
            }
        }
    }
}
