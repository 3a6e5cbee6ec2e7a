namespace DomainVerification.RealServers.Tests.Servers;

/// <summary>The servers of one class of tests, named by the programs that the class needs.</summary>
public abstract class ServerFixture : IAsyncLifetime
{
    /// <summary>The server that holds the zones.</summary>
    public abstract AuthoritativeServer Authority { get; }

    /// <summary>The server that the SDK asks.</summary>
    public abstract RealServer Asked { get; }

    private protected abstract IReadOnlyCollection<string> Daemons { get; }

    public async Task InitializeAsync()
    {
        // xunit makes the fixture of a class even where all its tests are skipped.
        if (!InstalledProgram.AreRequired && InstalledProgram.Explain(Daemons) is not null)
        {
            return;
        }

        await Authority.StartAsync();
        if (Asked != Authority)
        {
            await Asked.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (Asked != Authority)
        {
            await Asked.DisposeAsync();
        }

        await Authority.DisposeAsync();
    }
}

/// <summary>An authoritative server that is asked directly.</summary>
public sealed class Direct<TServer> : ServerFixture
    where TServer : AuthoritativeServer, new()
{
    public override AuthoritativeServer Authority { get; } = new TServer();

    public override RealServer Asked => Authority;

    private protected override IReadOnlyCollection<string> Daemons => [Authority.Identity];
}

/// <summary>BIND behind Unbound, which is asked over TLS and HTTPS.</summary>
public sealed class ThroughEncryptedUnbound : ServerFixture
{
    public ThroughEncryptedUnbound() => Asked = new EncryptedUnboundServer(() => Authority.Endpoint.Port);

    public override AuthoritativeServer Authority { get; } = new BindServer();

    public override RealServer Asked { get; }

    private protected override IReadOnlyCollection<string> Daemons => [Authority.Identity, "unbound"];
}

/// <summary>An authoritative server behind Unbound.</summary>
public sealed class ThroughUnbound<TServer> : ServerFixture
    where TServer : AuthoritativeServer, new()
{
    public ThroughUnbound() => Asked = new UnboundServer(() => Authority.Endpoint.Port);

    public override AuthoritativeServer Authority { get; } = new TServer();

    public override RealServer Asked { get; }

    private protected override IReadOnlyCollection<string> Daemons => [Authority.Identity, "unbound"];
}
