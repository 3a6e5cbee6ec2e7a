namespace DomainVerification.ConformanceTests;

/// <summary>
/// The contract of <see cref="IProofChecker"/>. Derive a class that makes your checker and requests whose answers are known, and inherit
/// the facts; each one that fails tells what the contract says, where it says it, and what your checker did.
/// </summary>
public abstract class ProofCheckerConformanceTests : ConformanceSuite
{
    private const string Answers = "\"It is not there\" and \"I could not ask\" are answers, not exceptions.";

    // So many that a checker has a way of its own with them, if it has one.
    private const int Many = 60;

    private IProofChecker? _checker;

    /// <summary>Makes the checker that a fact works on, and the world that it looks at.</summary>
    protected abstract ValueTask<IProofChecker> CreateCheckerAsync();

    /// <summary>Publishes a proof and gives the request that finds it.</summary>
    protected abstract ValueTask<ProofRequest> PublishedAsync();

    /// <summary>Gives a request where nothing is published, and the question can be asked.</summary>
    protected abstract ValueTask<ProofRequest> AbsentAsync();

    /// <summary>Publishes a proof with another token, and gives the request that does not find its own.</summary>
    protected abstract ValueTask<ProofRequest> MismatchedAsync();

    /// <summary>Gives a request where nobody answers the question.</summary>
    protected abstract ValueTask<ProofRequest> UnreachableAsync();

    /// <summary>Puts away the checker and its world, once for each fact. Disposes the checker unless overridden.</summary>
    /// <param name="checker">What <see cref="CreateCheckerAsync"/> made.</param>
    protected virtual ValueTask DestroyCheckerAsync(IProofChecker checker) => DisposeOfAsync(checker);

    private IProofChecker Checker => _checker ?? throw new InvalidOperationException("The checker is made by InitializeAsync.");

    private protected override async Task SetUpAsync() => _checker = await CreateCheckerAsync();

    private protected override async Task TearDownAsync()
    {
        if (_checker is not null)
        {
            await DestroyCheckerAsync(_checker);
        }
    }

    /// <summary>A checker says what it understands.</summary>
    [Contract(
        "A checker names the methods that it understands; the first that supports a method is asked.",
        Where = "IProofChecker.Methods")]
    public async Task Methods_Always_HoldThoseOfItsRequests()
    {
        var methods = Checker.Methods;
        Assert.NotEmpty(methods);
        Assert.Equal(methods.Count, methods.Distinct().Count());
        Assert.Contains((await PublishedAsync()).Record.Method, methods);
    }

    /// <summary>A proof that is published is found, and the evidence says where.</summary>
    [Contract(
        "A published proof is Proved, with evidence of it that holds no secret.",
        Where = "IProofChecker.CheckAsync; ProofReport; ProofEvidence")]
    public async Task Check_Published_IsProvedWithEvidence()
    {
        var request = await PublishedAsync();

        var report = await Checker.CheckAsync(request, default);

        AssertReport(ProofOutcome.Proved, report);
        Assert.Equal(ProofDiagnosisCodes.Proved, report.Diagnosis.Code);
        var evidence = report.Evidence!;
        Assert.Equal((request.Record.Method, request.Record.Name), (evidence.Method, evidence.RecordName));
        Assert.True(evidence.Generation >= 0, $"Generation {evidence.Generation}.");
        Assert.Matches("^[0-9a-f]{64}$", evidence.ValueDigest);
        Assert.False(string.IsNullOrWhiteSpace(evidence.Server), "The evidence does not say who gave the answer.");
        Assert.Equal(TimeSpan.Zero, evidence.ObservedAt.Offset);
    }

    /// <summary>A check looks each time.</summary>
    [Contract("A check looks once, and finds the same while the same is published.", Where = "IProofChecker.CheckAsync")]
    public async Task Check_Twice_AnswersTheSame()
    {
        var request = await PublishedAsync();

        var first = await Checker.CheckAsync(request, default);
        var second = await Checker.CheckAsync(request, default);

        Assert.Equal((first.Outcome, first.Evidence?.ValueDigest), (second.Outcome, second.Evidence?.ValueDigest));
    }

    /// <summary>What is not there is not proved.</summary>
    [Contract(Answers, Where = "IProofChecker.CheckAsync; ProofOutcome.NotProved")]
    public async Task Check_Absent_IsNotProved() =>
        AssertReport(ProofOutcome.NotProved, await Checker.CheckAsync(await AbsentAsync(), default));

    /// <summary>Another token is not the token.</summary>
    [Contract("Only the token of the challenge proves control.", Where = "IProofChecker.CheckAsync; ProofRequest.Token")]
    public async Task Check_Mismatched_IsNotProved() =>
        AssertReport(ProofOutcome.NotProved, await Checker.CheckAsync(await MismatchedAsync(), default));

    /// <summary>Not being able to ask is never a "no".</summary>
    [Contract(Answers, Where = "IProofChecker.CheckAsync; ProofOutcome.Inconclusive")]
    public async Task Check_Unreachable_IsInconclusive() =>
        AssertReport(ProofOutcome.Inconclusive, await Checker.CheckAsync(await UnreachableAsync(), default));

    /// <summary>Many checks at once are as good as one.</summary>
    [Contract("A checker serves any number of callers at the same time.", Where = "IProofChecker.CheckAsync")]
    public async Task Check_ManyAtOnce_AnswerEachItsOwn()
    {
        ProofRequest[] requests = [await PublishedAsync(), await AbsentAsync()];

        var reports = await Concurrent.RunAsync(16, caller => Checker.CheckAsync(requests[caller % 2], default).AsTask());

        Assert.All(reports.Where((_, caller) => caller % 2 == 0), report => AssertReport(ProofOutcome.Proved, report));
        Assert.All(reports.Where((_, caller) => caller % 2 == 1), report => AssertReport(ProofOutcome.NotProved, report));
    }

    /// <summary>A check looks at its token.</summary>
    [Contract("A cancelled token ends a check with OperationCanceledException.", Where = "IProofChecker.CheckAsync")]
    public async Task Check_CancelledToken_ThrowsOperationCanceled()
    {
        var request = await PublishedAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Checker.CheckAsync(request, new CancellationToken(canceled: true)));
    }

    /// <summary>Nobody who has many proofs has to find out whose report is whose.</summary>
    [Contract("Many checks give one report for each request, in the order of the requests.", Where = "IProofChecker.CheckAllAsync")]
    public async Task CheckAll_Many_AreInTheOrderOfTheRequests()
    {
        var published = await PublishedAsync();
        var absent = await AbsentAsync();
        bool[] arePublished = [.. Enumerable.Range(0, Many).Select(number => number % 5 < 2)];

        var reports = await Checker.CheckAllAsync([.. arePublished.Select(yes => yes ? published : absent)], 8, default);

        Assert.Equal(
            arePublished.Select(yes => yes ? ProofOutcome.Proved : ProofOutcome.NotProved),
            reports.Select(report => report.Outcome));
    }

    /// <summary>Many checks at once find what one finds.</summary>
    [Contract("A report of many says what the check of its request alone says.", Where = "IProofChecker.CheckAllAsync")]
    public async Task CheckAll_Many_SayWhatSingleChecksSay()
    {
        ProofRequest[] requests = [await PublishedAsync(), await AbsentAsync(), await MismatchedAsync()];
        List<ProofReport> single = [];
        foreach (var request in requests)
        {
            single.Add(await Checker.CheckAsync(request, default));
        }

        var many = await Checker.CheckAllAsync([.. Enumerable.Repeat(requests, Many / requests.Length).SelectMany(all => all)], 8, default);

        Assert.Equal(Many, many.Count);
        Assert.All(many, (report, index) =>
        {
            var alone = single[index % requests.Length];
            AssertReport(alone.Outcome, report);
            Assert.Equal(alone.Diagnosis.Code, report.Diagnosis.Code);
            Assert.Equal(Proof(alone), Proof(report));
        });

        static object? Proof(ProofReport report) =>
            report.Evidence is { } found ? (found.Method, found.RecordName, found.Generation, found.ValueDigest) : null;
    }

    /// <summary>Not being able to ask is never a "no", and no exception, for many either.</summary>
    [Contract(Answers, Where = "IProofChecker.CheckAllAsync; ProofOutcome.Inconclusive")]
    public async Task CheckAll_Unreachable_AreInconclusive()
    {
        var request = await UnreachableAsync();

        var reports = await Checker.CheckAllAsync([request, request, request], 2, default);

        Assert.Equal(3, reports.Count);
        Assert.All(reports, report => AssertReport(ProofOutcome.Inconclusive, report));
    }

    /// <summary>To have nothing to look for is no fault.</summary>
    [Contract("No requests give no reports.", Where = "IProofChecker.CheckAllAsync")]
    public async Task CheckAll_None_GiveNoReports() => Assert.Empty(await Checker.CheckAllAsync([], 1, default));

    /// <summary>Bad arguments are the caller's fault, and told as such.</summary>
    [Contract(
        "No list, a list with a hole and fewer than one check at a time are refused with ArgumentNullException and ArgumentOutOfRangeException.",
        Where = "IProofChecker.CheckAllAsync")]
    public async Task CheckAll_BadArguments_AreRefused()
    {
        var request = await PublishedAsync();

        await Assert.ThrowsAsync<ArgumentNullException>(() => Checker.CheckAllAsync(null!, 1, default));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Checker.CheckAllAsync([request, null!], 1, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Checker.CheckAllAsync([request], 0, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Checker.CheckAllAsync([request], -1, default));
    }

    /// <summary>Many checks look at their token.</summary>
    [Contract("A cancelled token ends many checks with OperationCanceledException.", Where = "IProofChecker.CheckAllAsync")]
    public async Task CheckAll_CancelledToken_ThrowsOperationCanceled()
    {
        var request = await PublishedAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Checker.CheckAllAsync([request, request], 1, new CancellationToken(canceled: true)));
    }

    private static void AssertReport(ProofOutcome expected, ProofReport report)
    {
        Assert.True(expected == report.Outcome, $"Expected {expected}, found {report.Outcome}: {report.Diagnosis.Message}");
        Assert.True(
            (expected == ProofOutcome.Proved) == report.Evidence is not null,
            "Evidence must be there when, and only when, control is proved.");
        Assert.Matches("^[a-z0-9]+(_[a-z0-9]+)*$", report.Diagnosis.Code);
        Assert.False(string.IsNullOrWhiteSpace(report.Diagnosis.Message), "The diagnosis has no message.");
        Assert.Equal(TimeSpan.Zero, report.CheckedAt.Offset);
        Assert.All(
            report.Observations.SelectMany(observation => observation.Values),
            value => Assert.InRange(value.Text.Length, 0, ObservedValue.MaximumLength + 3));
    }
}
