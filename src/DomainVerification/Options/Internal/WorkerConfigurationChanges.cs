using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace DomainVerification.Options.Internal;

/// <summary>Lets the running worker see a reload of the host's configuration.</summary>
internal sealed class WorkerConfigurationChanges(IServiceProvider services) : IOptionsChangeTokenSource<DomainVerificationWorkerOptions>
{
    private readonly IConfiguration? _configuration = services.GetService<IConfiguration>();

    public string Name => string.Empty;

    public IChangeToken GetChangeToken() => _configuration?.GetReloadToken() ?? new CancellationChangeToken(CancellationToken.None);
}
