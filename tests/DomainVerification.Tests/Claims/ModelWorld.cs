using DomainVerification.Challenges.Internal;
using DomainVerification.Claims.Internal;
using DomainVerification.Identities.Internal;
using DomainVerification.Limits.Internal;
using DomainVerification.Names.Internal;
using DomainVerification.Notices.Internal;
using DomainVerification.Options.Internal;
using DomainVerification.Proofs.Internal;
using DomainVerification.Testing;
using DomainVerification.Transfers.Internal;
using DomainVerification.Work.Internal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DomainVerification.Tests.Claims;

/// <summary>
/// The real workflow, put together by hand so that a hundred thousand of them cost little, and driven by the commands of the model.
/// </summary>
internal sealed class ModelWorld
{
    private static readonly DomainName[] Domains = [DomainName.Parse("a.example"), DomainName.Parse("b.example")];

    private readonly ManualTimeProvider _clock = new();
    private readonly InMemoryClaimStore _store = new();
    private readonly PublishedTokens _published = new();
    private readonly DomainClaimManager _manager;
    private readonly OutboxDispatcher _outbox;
    private readonly Dictionary<ClaimId, long> _versions = [];
    private readonly long[] _epochs = new long[2];
    private bool _hasWork;

    /// <param name="parts">Where the parts come from that keep no state.</param>
    /// <param name="options">How the worker runs.</param>
    public ModelWorld(ClaimWorld parts, IOptionsMonitor<DomainVerificationWorkerOptions> options)
    {
        var services = new ServiceCollection().BuildServiceProvider();
        var provisioners = new ProvisionerRegistry(new ReadyProvisioner(), [], services);
        var handlers = new EventHandlerRegistry([], services);
        var commits = new ClaimCommits(handlers, _store, new InProcessClaimSignals(), NullLogger<ClaimCommits>.Instance);
        _manager = new DomainClaimManager(
            _store,
            parts.Get<ITokenIssuer>(),
            parts.Get<ChallengeIssuer>(),
            new ProofCheckerSelector(_published),
            parts.Get<DomainNamePolicy>(),
            parts.Get<ProfileRegistry>(),
            provisioners,
            new TransferJudge(_store, new UnknownHolderActivity(), parts.Get<TransferPolicyRegistry>(), _clock),
            new ClaimContenders(_store),
            new OpenUndoing(_store),
            commits,
            new EndedProvisions(_store),
            parts.Get<ProvisioningWait>(),
            parts.Get<IProofCheckLimiter>(),
            new PendingClaims(_store),
            _clock,
            NullLogger<DomainClaimManager>.Instance);
        _outbox = new OutboxDispatcher(
            _store,
            new WorkCalls(_store, provisioners, handlers),
            commits,
            options,
            _clock,
            NullLogger<OutboxDispatcher>.Instance);
    }

    public static string Owner(int number) => $"owner-{number}";

    /// <summary>Does a command; gives the code of the refusal, or null where it is done.</summary>
    public async Task<string?> DoAsync(ModelCommand command)
    {
        var owner = Owner(command.Owner);
        var domain = Domains[command.Domain];
        var reference = ClaimReference.To(owner, domain.Value);
        switch (command.Action)
        {
            case ModelAction.Publish:
                var claim = await FindAsync(command.Owner, command.Domain);
                _published.Add(owner, domain, claim?.Challenge.Token.Value);
                return null;
            case ModelAction.Unpublish:
                _published.Remove(owner, domain);
                return null;
            case ModelAction.Pass:
                _clock.Advance(ClaimModel.Pass);
                return null;
            case ModelAction.Work:
                await WorkAsync();
                return null;
            default:
                var result = await CallAsync(command.Action, reference);
                _hasWork |= result.Status == ClaimResultStatus.Done;
                return result.Error?.Code;
        }
    }

    /// <summary>Compares the claims of a domain with the model's, and sees that nothing that must never happen has happened.</summary>
    public async Task<string?> DifferenceAsync(ClaimModel model, int domain)
    {
        DomainClaim? holder = null;
        for (var owner = 0; owner < 3; owner++)
        {
            var claim = await FindAsync(owner, domain);
            var real = claim is null ? default((ClaimStatus, int, int)?) : (claim.Status, claim.Challenge.Generation, (int)claim.Epoch);
            if (real != model.Of(owner, domain))
            {
                return $"{Owner(owner)} has {real} but the model says {model.Of(owner, domain)}";
            }

            if (claim is null)
            {
                continue;
            }

            if (claim.Version < _versions.GetValueOrDefault(claim.Id))
            {
                return $"the version of {claim.Id} fell";
            }

            _versions[claim.Id] = claim.Version;
            if (claim.Status.Holds && (holder is not null || claim.Proof is null))
            {
                return holder is null ? $"{Owner(owner)} holds without a proof" : "two hold at once";
            }

            holder = claim.Status.Holds ? claim : holder;
        }

        var holding = await _store.FindHoldingAsync(string.Empty, Domains[domain], default);
        var fell = holding.Epoch < _epochs[domain];
        _epochs[domain] = holding.Epoch;
        return fell || holding.Holder?.Id != holder?.Id || holder?.Epoch < holding.Epoch ? $"the holding {holding} is wrong" : null;
    }

    /// <summary>Replays the events of every claim: they must tell its whole life.</summary>
    public async Task<string?> BrokenTrailAsync()
    {
        var page = await _store.ListAsync(new ClaimQuery { PageSize = ClaimQuery.MaximumPageSize }, default);
        foreach (var claim in page.Claims)
        {
            ClaimStatus? status = null;
            var version = 0L;
            foreach (var entry in await _store.ListEventsAsync(claim.Id, default))
            {
                if (entry.From != status || entry.ClaimVersion <= version)
                {
                    return $"{entry} does not follow {status} of version {version}";
                }

                (status, version) = (entry.To, entry.ClaimVersion);
            }

            if (status != claim.Status || version > claim.Version)
            {
                return $"the trail of {claim.Id} ends with {status}, the claim is {claim.Status}";
            }
        }

        return null;
    }

    private ValueTask<DomainClaim?> FindAsync(int owner, int domain) =>
        _store.FindNewestAsync(string.Empty, Owner(owner), Domains[domain], default);

    private Task<ClaimResult> CallAsync(ModelAction action, ClaimReference claim) => action switch
    {
        ModelAction.Request => _manager.RequestAsync(new ClaimRequest(claim.Owner, claim.Domain!), default),
        ModelAction.Verify => _manager.VerifyAsync(claim, null, default),
        ModelAction.Claim => _manager.ClaimAsync(claim, null, default),
        ModelAction.Confirm => _manager.ConfirmAsync(claim, null, default),
        ModelAction.Unclaim => _manager.UnclaimAsync(claim, null, default),
        ModelAction.Unverify => _manager.UnverifyAsync(claim, null, default),
        ModelAction.Cancel => _manager.CancelAsync(claim, null, default),
        _ => _manager.RotateTokenAsync(claim, null, null, default),
    };

    private async Task WorkAsync()
    {
        foreach (var due in await _store.LeaseDueClaimsAsync(new LeaseRequest(_clock.GetUtcNow(), TimeSpan.FromMinutes(5), 100), default))
        {
            await _manager.RecheckAsync(due, default);
        }

        while (_hasWork)
        {
            _hasWork = await _outbox.RunOnceAsync(default) > 0;
        }
    }

    private sealed class ReadyProvisioner : IIdentityProvisioner
    {
        private static readonly Task<ProvisionResult> Done = Task.FromResult(ProvisionResult.Done());

        public Task<ProvisionResult> ProvisionAsync(ProvisionRequest request, CancellationToken cancellationToken) => Done;

        public Task<ProvisionResult> ReleaseAsync(ProvisionRequest request, CancellationToken cancellationToken) => Done;
    }

    /// <summary>A DNS that is a list of tokens for each domain.</summary>
    private sealed class PublishedTokens : IDnsProofChecker
    {
        private static readonly ProofDiagnosis Found = new(ProofDiagnosisCodes.Proved, "Said by the model.");
        private static readonly ProofDiagnosis Missing = new(ProofDiagnosisCodes.RecordNotFound, "Said by the model.");

        private readonly HashSet<(string Owner, DomainName Domain, string Token)> _tokens = [];

        public IReadOnlyCollection<ProofMethod> Methods { get; } = [ProofMethod.DnsTxt];

        public void Add(string owner, DomainName domain, string? token)
        {
            if (token is not null)
            {
                _tokens.Add((owner, domain, token));
            }
        }

        public void Remove(string owner, DomainName domain) => _tokens.RemoveWhere(item => item.Owner == owner && item.Domain == domain);

        public async ValueTask<ProofReport> CheckAsync(ProofRequest request, CancellationToken cancellationToken)
        {
            var proved = false;
            foreach (var (_, domain, token) in _tokens)
            {
                proved |= domain == request.Domain && await request.Token.MatchAsync(token, cancellationToken) == TokenMatch.Current;
            }

            return new ProofReport
            {
                Outcome = proved ? ProofOutcome.Proved : ProofOutcome.NotProved,
                Diagnosis = proved ? Found : Missing,
                Evidence = proved ? ClaimSamples.Evidence : null,
                CheckedAt = ClaimSamples.Now,
            };
        }
    }
}
