using DomainVerification.RealServers.Tests.Servers;

namespace DomainVerification.Email.Tests.OpenDkim;

/// <summary>The server that holds the zones.</summary>
public sealed class KnotFixture : IAsyncLifetime
{
    public KnotServer Server { get; } = new();

    public async Task InitializeAsync()
    {
        // xunit makes the fixture of a class even where all its tests are skipped.
        if (InstalledProgram.AreRequired || InstalledProgram.Explain(OpenDkimFactAttribute.Programs) is null)
        {
            await Server.StartAsync();
        }
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    internal async Task<MailZone> AddZoneAsync() => new(Server, await Server.AddZoneAsync());
}
