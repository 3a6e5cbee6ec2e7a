using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests;

/// <summary>
/// The contract of <see cref="IIdentityProvisioner"/>. Derive a class that makes your provisioner and lists what it made, and inherit the
/// facts; each one that fails tells what the contract says, where it says it, and what your provisioner did.
/// </summary>
public abstract class IdentityProvisionerConformanceTests : ConformanceSuite
{
    private const string OneEffect = "The same operation may come again after a crash, and has then no further effect.";
    private const string LaterEpoch = "A release never touches what belongs to a later epoch.";

    private IIdentityProvisioner? _provisioner;

    /// <summary>Makes the provisioner that a fact works on: nothing exists for any domain.</summary>
    protected abstract ValueTask<IIdentityProvisioner> CreateProvisionerAsync();

    /// <summary>Lists the identifiers of the identities that exist for a domain, as whoever runs them sees it.</summary>
    /// <param name="domain">The domain.</param>
    protected abstract ValueTask<IReadOnlyCollection<string>> ListAsync(DomainName domain);

    /// <summary>
    /// Whether a record says nothing of the identity that it is for, as an SPF record does that is the same for every customer of the host.
    /// Such a one may be found in two epochs. None unless overridden.
    /// </summary>
    /// <param name="record">A record of an identity.</param>
    protected virtual bool IsCommon(IdentityRecord record) => false;

    /// <summary>Puts away the provisioner, once for each fact. Disposes it unless overridden.</summary>
    /// <param name="provisioner">What <see cref="CreateProvisionerAsync"/> made.</param>
    protected virtual ValueTask DestroyProvisionerAsync(IIdentityProvisioner provisioner) => DisposeOfAsync(provisioner);

    private IIdentityProvisioner Provisioner =>
        _provisioner ?? throw new InvalidOperationException("The provisioner is made by InitializeAsync.");

    private protected override async Task SetUpAsync() => _provisioner = await CreateProvisionerAsync();

    private protected override async Task TearDownAsync()
    {
        if (_provisioner is not null)
        {
            await DestroyProvisionerAsync(_provisioner);
        }
    }

    /// <summary>What is told is what was made.</summary>
    [Contract(
        "A provision that is done tells the identities that now exist.",
        Where = "IIdentityProvisioner.ProvisionAsync; ProvisionResult.Identities")]
    public async Task Provision_Holder_TellsWhatExists()
    {
        var made = await ProvisionAsync(Request(1, 1));

        Assert.NotEmpty(made);
        Assert.Equal(made.Count, made.DistinctBy(identity => identity.Id).Count());
        Assert.All(made, identity => Assert.False(string.IsNullOrWhiteSpace(identity.Kind), $"{identity.Id} has no kind."));
        await AssertExistsAsync(made);
    }

    /// <summary>A second call of one operation is no second operation.</summary>
    [Contract(OneEffect, Where = "IIdentityProvisioner; ProvisionRequest.OperationId")]
    public async Task Provision_SameOperationTwice_HasOneEffect()
    {
        var first = await ProvisionAsync(Request(1, 1));
        var second = await ProvisionAsync(Request(1, 1));

        Assert.Equal(first.Select(identity => identity.Id).Order(), second.Select(identity => identity.Id).Order());
        await AssertExistsAsync(first);
    }

    /// <summary>Calls of one operation may overlap.</summary>
    [Contract("Calls of one operation may overlap, and have one effect.", Where = "IIdentityProvisioner")]
    public async Task Provision_SameOperationAtOnce_HasOneEffect()
    {
        await Concurrent.RunAsync(8, _ => Provisioner.ProvisionAsync(Request(1, 1), default));

        await AssertExistsAsync(await ProvisionAsync(Request(1, 1)));
    }

    /// <summary>A release leaves nothing.</summary>
    [Contract("A release removes all that was made for a holding.", Where = "IIdentityProvisioner.ReleaseAsync")]
    public async Task Release_Holding_RemovesAll()
    {
        var made = await ProvisionAsync(Request(1, 1));

        await ReleaseAsync(Request(2, 1, made));

        await AssertExistsAsync([]);
    }

    /// <summary>A release may come again, and for what never was.</summary>
    [Contract(OneEffect, Where = "IIdentityProvisioner.ReleaseAsync; ProvisionRequest.OperationId")]
    public async Task Release_Again_IsDone()
    {
        var made = await ProvisionAsync(Request(1, 1));
        await ReleaseAsync(Request(2, 1, made));

        await ReleaseAsync(Request(2, 1, made));
        await ReleaseAsync(Request(3, 1, made));
        await ReleaseAsync(Request(4, 2));

        await AssertExistsAsync([]);
    }

    /// <summary>A release knows what a provision made that never told.</summary>
    [Contract(
        "A release removes whatever was made for the same claim and epoch, also where the caller never heard of it.",
        Where = "IIdentityProvisioner.ReleaseAsync")]
    public async Task Release_WithoutKnownIdentities_RemovesAll()
    {
        await ProvisionAsync(Request(1, 1));

        await ReleaseAsync(Request(2, 1));

        await AssertExistsAsync([]);
    }

    /// <summary>A new holder shares nothing with the one before.</summary>
    [Contract(
        "A provision makes fresh identities: nothing is shared with, or reachable from, an earlier epoch.",
        Where = "IIdentityProvisioner.ProvisionAsync")]
    public async Task Provision_NextEpoch_MakesFreshIdentities()
    {
        var former = await ProvisionAsync(Request(1, 1));
        await ReleaseAsync(Request(2, 1, former));

        var fresh = await ProvisionAsync(Request(3, 2) with { ClaimId = Sample.Id(2), Owner = "bob" });

        Assert.Empty(fresh.Select(identity => identity.Id).Intersect(former.Select(identity => identity.Id)));
        Assert.All(
            fresh.SelectMany(identity => identity.Records).Where(record => record.Type == "TXT" && !IsCommon(record)),
            record => Assert.DoesNotContain(record, former.SelectMany(identity => identity.Records)));
        await AssertExistsAsync(fresh);
    }

    /// <summary>A release that comes late finds the next holder's identities, and leaves them.</summary>
    [Contract(LaterEpoch, Where = "IIdentityProvisioner.ReleaseAsync")]
    public async Task Release_AfterTheNextHolderCame_LeavesTheNextHolderAlone()
    {
        var former = await ProvisionAsync(Request(1, 1));
        var fresh = await ProvisionAsync(Request(2, 2) with { ClaimId = Sample.Id(2), Owner = "bob" });

        await ReleaseAsync(Request(3, 1, former));

        await AssertExistsAsync(fresh);
        await ReleaseAsync(Request(4, 1));
        await AssertExistsAsync(fresh);
    }

    /// <summary>The same claim that holds once more is a later epoch too.</summary>
    [Contract(LaterEpoch, Where = "IIdentityProvisioner.ReleaseAsync; ProvisionRequest.Epoch")]
    public async Task Release_OfAnEarlierHoldingOfTheSameClaim_LeavesTheLaterOneAlone()
    {
        var former = await ProvisionAsync(Request(1, 1));
        var fresh = await ProvisionAsync(Request(2, 2));

        await ReleaseAsync(Request(3, 1, former));

        await AssertExistsAsync(fresh);
    }

    /// <summary>A provision that comes late makes nothing.</summary>
    [Contract(
        "A provision for an epoch below one that was already seen for the profile and domain is refused.",
        Where = "ProvisionRequest.Epoch")]
    public async Task Provision_LowerEpochThanSeen_IsRefused()
    {
        var fresh = await ProvisionAsync(Request(1, 2) with { ClaimId = Sample.Id(2), Owner = "bob" });

        await AssertRefusedAsync(Request(2, 1));
        await AssertExistsAsync(fresh);

        await ReleaseAsync(Request(3, 2, fresh) with { ClaimId = Sample.Id(2), Owner = "bob" });
        await AssertRefusedAsync(Request(4, 1));
        await AssertExistsAsync([]);
    }

    /// <summary>Domains have nothing to do with each other.</summary>
    [Contract("Epochs and identities are those of a domain.", Where = "ProvisionRequest.Epoch; ProvisionRequest.Domain")]
    public async Task Provision_OtherDomain_IsIndependent()
    {
        var made = await ProvisionAsync(Request(1, 5));
        var other = Request(2, 1) with { Domain = Sample.Name("other.example"), ClaimId = Sample.Id(2) };
        var elsewhere = await ProvisionAsync(other);
        Assert.Empty(made.Select(identity => identity.Id).Intersect(elsewhere.Select(identity => identity.Id)));

        await ReleaseAsync(other with { OperationId = Sample.WorkId(3), Identities = elsewhere });

        await AssertExistsAsync(made);
        Assert.Empty(await ListAsync(other.Domain));
    }

    /// <summary>Every call looks at its token.</summary>
    [Contract(
        "A cancelled token ends a call with OperationCanceledException; the operation is tried again later.",
        Where = "IIdentityProvisioner")]
    public async Task EveryCall_CancelledToken_ThrowsAndCanBeTriedAgain()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Provisioner.ProvisionAsync(Request(1, 1), cancelled));
        var made = await ProvisionAsync(Request(1, 1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Provisioner.ReleaseAsync(Request(2, 1, made), cancelled));

        await ReleaseAsync(Request(2, 1, made));

        await AssertExistsAsync([]);
    }

    private static ProvisionRequest Request(int operation, long epoch, IReadOnlyList<ProvisionedIdentity>? identities = null) => new()
    {
        OperationId = Sample.WorkId(operation),
        ClaimId = Sample.Id(1),
        Profile = string.Empty,
        Owner = "ann",
        Domain = Sample.Name(),
        Epoch = epoch,
        Identities = identities ?? [],
    };

    private async Task<IReadOnlyList<ProvisionedIdentity>> ProvisionAsync(ProvisionRequest request)
    {
        var result = await Provisioner.ProvisionAsync(request, default);
        Assert.True(result.Status == ProvisionStatus.Done, $"The provision of epoch {request.Epoch} gave {result.Status}: {result.Error}");
        return result.Identities;
    }

    private async Task ReleaseAsync(ProvisionRequest request)
    {
        var result = await Provisioner.ReleaseAsync(request, default);
        Assert.True(result.Status == ProvisionStatus.Done, $"The release of epoch {request.Epoch} gave {result.Status}: {result.Error}");
        Assert.Empty(result.Identities);
    }

    private async Task AssertRefusedAsync(ProvisionRequest request)
    {
        var result = await Provisioner.ProvisionAsync(request, default);
        Assert.True(result.Status != ProvisionStatus.Done, $"A provision of epoch {request.Epoch} was done after a later epoch was seen.");
        Assert.NotNull(result.Error);
    }

    private async Task AssertExistsAsync(IReadOnlyList<ProvisionedIdentity> expected) =>
        Assert.Equal(expected.Select(identity => identity.Id).Order(), (await ListAsync(Sample.Name())).Order());
}
