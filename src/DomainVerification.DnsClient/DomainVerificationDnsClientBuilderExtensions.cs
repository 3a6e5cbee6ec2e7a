using DnsClient;
using DomainVerification;
using DomainVerification.Dns;
using DomainVerification.DnsClient;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Sends the DNS queries of DomainVerification through DnsClient.NET.</summary>
public static class DomainVerificationDnsClientBuilderExtensions
{
    /// <summary>
    /// Replaces the DNS resolver by one over the host's <see cref="ILookupClient"/>. Its cache stays unused for proofs; for what else
    /// differs from the resolver that it replaces see <see cref="DnsClientResolver"/>. The servers and time-outs are the client's, so
    /// <see cref="DomainVerificationBuilder.ConfigureDns"/> has no effect any more.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <remarks>
    /// Where the host registered no client, one for the servers of the operating system is made; DnsClient asks public ones where it finds
    /// none.
    /// </remarks>
    public static DomainVerificationBuilder UseDnsClient(this DomainVerificationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ILookupClient>(_ => new LookupClient(new LookupClientOptions { UseCache = false }));
        return builder.UseDnsResolver<DnsClientResolver>();
    }

    /// <summary>As <see cref="UseDnsClient(DomainVerificationBuilder)"/>, over one client that nothing else in the host sees.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="client">The client. It stays the host's own.</param>
    public static DomainVerificationBuilder UseDnsClient(this DomainVerificationBuilder builder, ILookupClient client)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(client);
        builder.Services.Replace(ServiceDescriptor.Singleton<IDnsResolver>(provider => new DnsClientResolver(
            client,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ConfiguredServersResolver>>())));
        return builder;
    }
}
