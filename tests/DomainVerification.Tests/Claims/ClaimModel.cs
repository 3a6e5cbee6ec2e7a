namespace DomainVerification.Tests.Claims;

/// <summary>What a command of the model-based test does.</summary>
public enum ModelAction
{
    Request,
    Publish,
    Unpublish,
    Verify,
    Claim,
    Confirm,
    Unclaim,
    Unverify,
    Cancel,
    Rotate,
    Pass,
    Work,
}

/// <summary>One command: what one of three owners does about one of two domains.</summary>
public sealed record ModelCommand(ModelAction Action, int Owner, int Domain)
{
    public override string ToString() => $"{Action}({Owner},{Domain})";
}

/// <summary>
/// The workflow in the plainest words: a table of one claim for each owner and domain. It says for each command which code is answered and
/// what the claims are then.
/// </summary>
internal sealed class ClaimModel
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(2);
    public static readonly TimeSpan Freshness = TimeSpan.FromDays(1);
    public static readonly TimeSpan Pass = TimeSpan.FromHours(20);

    private readonly Dictionary<(int Owner, int Domain), Entry> _claims = [];
    private readonly Dictionary<(int Owner, int Domain), HashSet<int>> _published = [];
    private readonly int[] _epochs = new int[2];
    private TimeSpan _now;

    /// <summary>Does a command; gives the code of the refusal, or null where it is done.</summary>
    public string? Do(ModelCommand command)
    {
        var key = (command.Owner, command.Domain);
        var claim = _claims.GetValueOrDefault(key);
        if (command.Action is >= ModelAction.Verify and <= ModelAction.Rotate)
        {
            if (claim is null)
            {
                return "claim_not_found";
            }

            Expire(claim);
        }

        switch (command.Action)
        {
            case ModelAction.Request:
                Request(key, claim);
                return null;
            case ModelAction.Publish:
                Published(key).UnionWith(claim is null ? [] : [claim.Generation]);
                return null;
            case ModelAction.Unpublish:
                Published(key).Clear();
                return null;
            case ModelAction.Verify:
                return IsFresh(claim!) ? null : Prove(key, claim!);
            case ModelAction.Claim:
                return claim!.Holds ? null : Hold(command.Domain, claim);
            case ModelAction.Confirm:
                return claim!.Holds ? null : Prove(key, claim) ?? Hold(command.Domain, claim);
            case ModelAction.Pass:
                _now += Pass;
                return null;
            case ModelAction.Work:
                Work();
                return null;
            default:
                return Move(command.Action, claim!);
        }
    }

    /// <summary>The claim of an owner as one line; null where there was never one.</summary>
    public (ClaimStatus Status, int Generation, int Epoch)? Of(int owner, int domain) =>
        _claims.TryGetValue((owner, domain), out var claim) ? (claim.Status, claim.Generation, claim.Epoch) : null;

    private HashSet<int> Published((int Owner, int Domain) key) =>
        _published.TryGetValue(key, out var generations) ? generations : _published[key] = [];

    private void Request((int Owner, int Domain) key, Entry? claim)
    {
        if (claim is not null)
        {
            Expire(claim);
        }

        if (claim is not { Status: ClaimStatus.Pending or ClaimStatus.Verified or ClaimStatus.Provisioning or ClaimStatus.Claimed })
        {
            _claims[key] = new Entry { Generation = (claim?.Generation ?? 0) + 1, Until = _now + Lifetime };
        }
    }

    private string? Prove((int Owner, int Domain) key, Entry claim)
    {
        if (Ended(claim) is { } ended)
        {
            return ended;
        }

        claim.Asked = true;
        claim.LookedAt = _now;
        if (!Published(key).Contains(claim.Generation))
        {
            return "proof_not_found";
        }

        claim.Status = claim.Status == ClaimStatus.Pending ? ClaimStatus.Verified : claim.Status;
        claim.ProvedAt = _now;
        return null;
    }

    private string? Hold(int domain, Entry claim)
    {
        var pending = claim.Status == ClaimStatus.Pending ? "not_verified" : null;
        var stale = IsFresh(claim) ? null : "proof_stale";
        if ((Ended(claim) ?? pending ?? stale) is { } refusal)
        {
            return refusal;
        }

        foreach (var holder in _claims.Where(other => other.Key.Domain == domain && other.Value.Holds))
        {
            holder.Value.Status = ClaimStatus.Released;
        }

        claim.Status = ClaimStatus.Provisioning;
        claim.Epoch = ++_epochs[domain];
        return null;
    }

    private string? Move(ModelAction action, Entry claim)
    {
        var (to, refusal) = (action, claim.Status) switch
        {
            _ when Ended(claim) is not null => (claim.Status, "claim_ended"),
            (ModelAction.Rotate, _) => (claim.Status, null),
            (ModelAction.Cancel, ClaimStatus.Pending) => (ClaimStatus.Canceled, null),
            (ModelAction.Cancel, _) => (claim.Status, "not_pending"),
            (ModelAction.Unverify, ClaimStatus.Verified) => (ClaimStatus.Revoked, null),
            (ModelAction.Unverify, ClaimStatus.Pending) => (claim.Status, "not_verified"),
            (ModelAction.Unverify, _) => (claim.Status, "still_claimed"),
            (ModelAction.Unclaim, ClaimStatus.Pending or ClaimStatus.Verified) => (claim.Status, "not_claimed"),
            _ => (ClaimStatus.Verified, (string?)null),
        };
        claim.Status = to;
        if (action == ModelAction.Rotate && refusal is null)
        {
            claim.Generation++;
            claim.Until = _now + Lifetime;
            claim.Asked = false;
        }

        return refusal;
    }

    /// <summary>One round of the worker, in which everything that is due comes to its end.</summary>
    private void Work()
    {
        foreach (var (key, claim) in _claims)
        {
            Expire(claim);
            if (claim is { Status: ClaimStatus.Pending, Asked: true, LookedAt: var looked } && looked < _now)
            {
                Prove(key, claim);
            }

            if (claim.Status == ClaimStatus.Provisioning)
            {
                claim.Status = ClaimStatus.Claimed;
            }
        }
    }

    private void Expire(Entry claim)
    {
        if (claim.Status == ClaimStatus.Pending && claim.Until <= _now)
        {
            claim.Status = ClaimStatus.Expired;
        }
    }

    private bool IsFresh(Entry claim) =>
        claim.Status is ClaimStatus.Verified or ClaimStatus.Provisioning or ClaimStatus.Claimed && _now - claim.ProvedAt <= Freshness;

    private static string? Ended(Entry claim) => claim.Status switch
    {
        ClaimStatus.Expired => "challenge_expired",
        ClaimStatus.Released or ClaimStatus.Revoked or ClaimStatus.Canceled => "claim_ended",
        _ => null,
    };

    private sealed class Entry
    {
        public ClaimStatus Status { get; set; }

        public int Generation { get; set; }

        public TimeSpan Until { get; set; }

        public TimeSpan ProvedAt { get; set; }

        public int Epoch { get; set; }

        /// <summary>Whether the owner asked for a check of the present token, so that the worker looks too.</summary>
        public bool Asked { get; set; }

        /// <summary>When somebody last looked: the worker's first look comes a minute later.</summary>
        public TimeSpan LookedAt { get; set; }

        public bool Holds => Status is ClaimStatus.Provisioning or ClaimStatus.Claimed;
    }
}
