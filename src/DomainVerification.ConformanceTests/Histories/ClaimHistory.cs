using DomainVerification.ConformanceTests.Samples;

namespace DomainVerification.ConformanceTests.Histories;

/// <summary>
/// A few threads that read and write the claims to one domain at random, each on what it saw last, and the record of their calls.
/// </summary>
internal sealed class ClaimHistory
{
    private static readonly string[] Owners = ["ann", "bob", "cyd"];

    private readonly int _seed;
    private readonly int _firstNumber;
    private readonly DomainName _domain;
    private long _clock;

    /// <summary>Prepares the history of a seed.</summary>
    /// <param name="seed">What the threads do.</param>
    /// <param name="number">The place among the histories of a store, which gives the domain and the identities.</param>
    public ClaimHistory(int seed, int number)
    {
        _seed = seed;
        _firstNumber = (number + 1) * 1000;
        _domain = Sample.Name($"history-{number}.example");
        var random = new Random(seed);
        Start =
        [
            New(random, Owners[0], 0, 1) with { Status = ClaimStatus.Claimed, Epoch = 1 },
            New(random, Owners[1], 1, 1) with { Status = ClaimStatus.Verified },
            New(random, Owners[2], 2, 1),
        ];
    }

    /// <summary>The claims that are there at the start, to be committed before the history runs.</summary>
    public IReadOnlyList<DomainClaim> Start { get; }

    /// <summary>Runs the threads, and tells what is wrong with what they saw; <see langword="null"/> where nothing is.</summary>
    public async Task<string?> RunAsync(IReadOnlyList<IClaimStore> stores)
    {
        var threads = 3 + (_seed & 1);
        var recorded = await Concurrent.RunAsync(threads, thread => RunThreadAsync(stores[thread % stores.Count], thread));
        List<RecordedCall> calls = [.. recorded.SelectMany(made => made).OrderBy(call => call.Began)];
        var start = ClaimModel.Empty.Write(Start);
        return LinearizationSearch.Explains(start, calls)
            ? null
            : $"No order of these calls explains their answers. At the start: {start.Fingerprint}\n{string.Join('\n', calls)}";
    }

    private async Task<List<RecordedCall>> RunThreadAsync(IClaimStore store, int thread)
    {
        var random = new Random(unchecked((_seed * 397) + thread));
        var view = new ClaimView(Start);
        var calls = new List<RecordedCall>();
        for (var i = 3 + random.Next(3); i > 0; i--)
        {
            // Threads change places between calls, so that few processors give many orders too.
            await Task.Yield();
            var owner = Owners[random.Next(Owners.Length)];
            var number = (10 * (thread + 1)) + i;
            calls.Add(random.Next(10) switch
            {
                0 => await FindAsync(store, thread, view, random),
                1 => await FindNewestAsync(store, thread, view, owner),
                2 => await FindHoldingAsync(store, thread, view),
                _ when view.Propose(random, owner, generation => New(random, owner, number, generation)) is { Count: > 0 } claims =>
                    await CommitAsync(store, thread, view, claims),
                _ => await FindHoldingAsync(store, thread, view),
            });
        }

        return calls;
    }

    private async Task<RecordedCall> CommitAsync(IClaimStore store, int thread, ClaimView view, IReadOnlyList<DomainClaim> claims)
    {
        var began = Interlocked.Increment(ref _clock);
        var status = await store.CommitAsync(new ClaimCommit { Claims = claims }, default);
        var ended = Interlocked.Increment(ref _clock);
        if (status == ClaimCommitStatus.Committed)
        {
            claims.ToList().ForEach(view.See);
        }

        var text = $"commit {string.Join(" + ", claims.Select(ClaimModel.Describe))} -> {status}";
        return new RecordedCall(thread, began, ended, text, model => !model.Answers(claims).Contains(status)
            ? null
            : status == ClaimCommitStatus.Committed ? model.Write(claims) : model);
    }

    private async Task<RecordedCall> FindAsync(IClaimStore store, int thread, ClaimView view, Random random)
    {
        var id = view.Any(random).Id;
        var began = Interlocked.Increment(ref _clock);
        var found = await store.FindAsync(id, default);
        return Read(thread, began, $"find {Sample.NumberOf(id.Value)}", view, found, model => model.Find(id));
    }

    private async Task<RecordedCall> FindNewestAsync(IClaimStore store, int thread, ClaimView view, string owner)
    {
        var began = Interlocked.Increment(ref _clock);
        var found = await store.FindNewestAsync(string.Empty, owner, _domain, default);
        return Read(thread, began, $"find newest of {owner}", view, found, model => model.FindNewest(owner));
    }

    private async Task<RecordedCall> FindHoldingAsync(IClaimStore store, int thread, ClaimView view)
    {
        var began = Interlocked.Increment(ref _clock);
        var found = await store.FindHoldingAsync(string.Empty, _domain, default);
        view.Epoch = Math.Max(view.Epoch, found.Epoch);
        var read = Read(thread, began, $"find holding of epoch {found.Epoch}", view, found.Holder, model => model.FindHolding().Holder);
        return read with { Step = model => model.FindHolding().Epoch == found.Epoch ? read.Step(model) : null };
    }

    private RecordedCall Read(
        int thread,
        long began,
        string text,
        ClaimView view,
        DomainClaim? found,
        Func<ClaimModel, DomainClaim?> expected)
    {
        var ended = Interlocked.Increment(ref _clock);
        if (found is not null)
        {
            view.See(found);
        }

        var seen = ClaimModel.Describe(found);
        return new RecordedCall(thread, began, ended, $"{text} -> {seen}", Step);

        ClaimModel? Step(ClaimModel model) => ClaimModel.Describe(expected(model)) == seen ? model : null;
    }

    private DomainClaim New(Random random, string owner, int number, int generation) =>
        Sample.Claim(_firstNumber + number, owner, _domain.Value).OfGeneration(generation) with
        {
            Exclusivity = random.Next(4) == 0 ? DomainExclusivity.Shared : DomainExclusivity.OneHolder,
        };
}
