using System.Globalization;
using DomainVerification.Dns;
using DomainVerification.Email.Checks.Internal;
using DomainVerification.Email.Identities.Internal;
using DomainVerification.Email.Keys.Internal;
using DomainVerification.Email.Work.Internal;
using DomainVerification.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace DomainVerification.Email.Tests.Hosts;

/// <summary>A host with sending identities, over a DNS world and a clock of its own.</summary>
internal sealed class EmailWorld : IAsyncDisposable
{
    public const string Mx = "bounce.{region}.mail.example";
    public const string Spf = "v=spf1 include:spf.mail.example ~all";

    private readonly ServiceProvider _services;
    private readonly InMemoryClaimStore _store = new();
    private readonly SemaphoreSlim _turn = new(1);
    private int _claims;

    public EmailWorld(
        Action<EmailIdentityOptions>? configure = null,
        Action<DomainVerificationBuilder>? shape = null,
        bool realKeys = false,
        IDnsResolver? resolver = null)
    {
        Records = new WatchedHoldingStore(_store);
        Resolver = new InMemoryDnsResolver(Dns, Clock);
        Dns.Zone("acme.example");
        Dns.Zone("mail.example");
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(_store);
        services.AddSingleton<IHoldingStore>(Records);
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var builder = services.AddDomainVerification(options => options.AllowUnlistedSuffixes = true)
            .UseDnsResolver(resolver ?? Resolver)
            .AddEmailIdentities(options =>
            {
                options.MailFromMx = Mx;
                options.MailFromSpf = Spf;
                configure?.Invoke(options);
            });
        if (!realKeys)
        {
            services.AddSingleton(provider => new DkimKeys(provider.GetRequiredService<IKeyProtector>(), Clock)
            {
                Generate = KeyPool.Next,
            });
        }

        shape?.Invoke(builder);
        _services = services.BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; } = new();

    public DnsWorld Dns { get; } = new();

    public InMemoryDnsResolver Resolver { get; }

    public WatchedHoldingStore Records { get; }

    public ISendingIdentities Identities => _services.GetRequiredService<ISendingIdentities>();

    public IIdentityProvisioner Provisioner => _services.GetRequiredKeyedService<IIdentityProvisioner>("email");

    public DomainVerificationWorkerOptions Worker { get; } = new();

    public RecordChecker Checker => _services.GetRequiredService<RecordChecker>();

    public IServiceProvider Services => _services;

    private IClaimStore Claims => _services.GetRequiredService<IClaimStore>();

    /// <summary>A claim that holds a domain; whoever held it before is released.</summary>
    public async Task<DomainClaim> HoldAsync(string owner = "ann", string domain = "acme.example", DomainClaim? again = null)
    {
        var name = DomainName.Parse(domain);
        var holding = await Claims.FindHoldingAsync(string.Empty, name, default);
        var newest = await Claims.FindNewestAsync(string.Empty, owner, name, default);
        var claim = again is null
            ? New(owner, name, (newest?.Challenge.Generation ?? 0) + 1)
            : again with { Version = again.Version + 1, Status = ClaimStatus.Claimed };
        claim = claim with { Epoch = holding.Epoch + 1 };
        List<DomainClaim> changed = [claim];
        if (holding.Holder is { } former && former.Id != claim.Id)
        {
            changed.Insert(0, former with { Version = former.Version + 1, Status = ClaimStatus.Released });
        }

        await CommitAsync([.. changed]);
        return claim;
    }

    /// <summary>Lets the claim of a request hold with its epoch, where the domain has not seen a higher one.</summary>
    public async Task HoldAtAsync(ProvisionRequest request)
    {
        await _turn.WaitAsync();
        try
        {
            var holding = await Claims.FindHoldingAsync(string.Empty, request.Domain, default);
            if (holding.Epoch >= request.Epoch)
            {
                return;
            }

            var known = await Claims.FindAsync(request.ClaimId, default);
            var claim = known is null
                ? New(request.Owner, request.Domain, 1) with { Id = request.ClaimId, Epoch = request.Epoch }
                : known with { Version = known.Version + 1, Status = ClaimStatus.Claimed, Epoch = request.Epoch };
            if (holding.Holder is { } former && former.Id != claim.Id)
            {
                await CommitAsync(former with { Version = former.Version + 1, Status = ClaimStatus.Released }, claim);
            }
            else
            {
                await CommitAsync(claim);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The owner gives the domain up.</summary>
    public async Task<DomainClaim> UnclaimAsync(DomainClaim claim)
    {
        var left = claim with { Version = claim.Version + 1, Status = ClaimStatus.Verified };
        await CommitAsync(left);
        return left;
    }

    public Task<ProvisionResult> ProvisionAsync(DomainClaim claim, CancellationToken cancellationToken = default) =>
        Provisioner.ProvisionAsync(Request(claim), cancellationToken);

    public Task<ProvisionResult> ReleaseAsync(DomainClaim claim, CancellationToken cancellationToken = default) =>
        Provisioner.ReleaseAsync(Request(claim), cancellationToken);

    /// <summary>A holder with identities.</summary>
    public async Task<(DomainClaim Claim, ClaimReference Reference, IReadOnlyList<SendingIdentity> Identities)> SettleAsync(
        string owner = "ann",
        string domain = "acme.example")
    {
        var claim = await HoldAsync(owner, domain);
        Assert.Equal(ProvisionStatus.Done, (await ProvisionAsync(claim)).Status);
        var reference = ClaimReference.To(claim);
        return (claim, reference, (await Identities.ListAsync(reference)).Identities);
    }

    /// <summary>Publishes the records of identities, as the customer does, and what the host adds to them.</summary>
    public void Publish(IEnumerable<SendingIdentity> identities, Func<SendingRecord, bool>? which = null)
    {
        var records = identities.SelectMany(identity => identity.DnsRecords).Where(which ?? (_ => true));
        foreach (var record in records.DistinctBy(record => (record.Type, record.Name)))
        {
            Publish(record);
        }
    }

    public void Publish(SendingRecord record)
    {
        var zone = Dns.ZoneOf(record.Name);
        _ = record.Type switch
        {
            "TXT" => zone.Txt(record.Name, record.Value),
            "CNAME" => zone.Cname(record.Name, record.Value),
            _ => zone.Mx(record.Name, (ushort)record.Priority!.Value, record.Value),
        };
    }

    public void Remove(SendingRecord record) => Dns.ZoneOf(record.Name).Remove(record.Name, Enum.Parse<DnsRecordType>(record.Type));

    /// <summary>One round of the worker.</summary>
    public Task<int> WorkAsync(CancellationToken stopping = default) =>
        _services.GetRequiredService<DueHoldingProcessor>().RunOnceAsync(Worker, stopping);

    /// <summary>Lets time pass and the worker work.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Clock.GetUtcNow() + time;
        while (Records.All.Min(record => record.DueAt) is { } due && due <= end)
        {
            Clock.Advance(due > Clock.GetUtcNow() ? due - Clock.GetUtcNow() : TimeSpan.Zero);
            await WorkAsync();
        }

        Clock.Advance(end - Clock.GetUtcNow());
    }

    public EmailHolding Stored(DomainClaim claim) =>
        EmailHoldingJson.Read(Records.All.Single(record => record.Key == Holdings.KeyOf(claim.Id, claim.Epoch)));

    public async Task<SendingIdentity> ReadAsync(DomainClaim claim, string id) =>
        (await Identities.GetAsync(ClaimReference.To(claim), id)).Identity ?? throw new InvalidOperationException($"No identity {id}.");

    public ProvisionRequest Request(DomainClaim claim) => new()
    {
        OperationId = Guid.CreateVersion7(Clock.GetUtcNow()),
        ClaimId = claim.Id,
        Profile = claim.Profile,
        Owner = claim.Owner,
        Domain = claim.Domain,
        Epoch = claim.Epoch,
    };

    public ValueTask DisposeAsync()
    {
        _turn.Dispose();
        return _services.DisposeAsync();
    }

    private async Task CommitAsync(params DomainClaim[] claims) =>
        Assert.Equal(ClaimCommitStatus.Committed, await Claims.CommitAsync(new ClaimCommit { Claims = claims }, default));

    private DomainClaim New(string owner, DomainName domain, int generation) => new()
    {
        Id = new ClaimId(new Guid(++_claims, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1])),
        Profile = string.Empty,
        Owner = owner,
        Domain = domain,
        Status = ClaimStatus.Claimed,
        Challenge = new Challenge
        {
            Record = new ChallengeRecord { Method = ProofMethod.DnsTxt, Name = $"_c.{domain}", ValueFormat = "token={token}" },
            Token = new StoredToken(StoredTokenSchemes.Clear, string.Create(CultureInfo.InvariantCulture, $"token-{_claims}")),
            Generation = generation,
            IssuedAt = Clock.GetUtcNow(),
        },
        Version = 1,
        CreatedAt = Clock.GetUtcNow(),
        CreatedBy = ClaimActor.User(owner),
        ModifiedAt = Clock.GetUtcNow(),
        ModifiedBy = ClaimActor.User(owner),
    };
}
