namespace DomainVerification.ConformanceTests.Tests.BrokenStores;

/// <summary>The kit is worth what it finds: each store here is broken in one place, and the fact that names the fault must fail.</summary>
public sealed class BrokenStoreTests
{
    public static TheoryData<Type, string> Faults => new()
    {
        { typeof(LostUpdateStore), nameof(ClaimStoreConformanceTests.Commit_VersionThatDoesNotFollow_IsAConflict) },
        { typeof(LostUpdateStore), nameof(ClaimStoreConformanceTests.Commit_ManyWritersOfOneClaim_WriteEachVersionOnce) },
        { typeof(LostUpdateStore), nameof(ClaimStoreConformanceTests.EveryCall_InRandomHistories_AnswersAsIfInSomeOrder) },
        { typeof(CheckThenWriteStore), nameof(ClaimStoreConformanceTests.Commit_ManyWhoWouldHold_OneDoes) },
        { typeof(CheckThenWriteStore), nameof(ClaimStoreConformanceTests.EveryCall_InRandomHistories_AnswersAsIfInSomeOrder) },
        { typeof(NonAtomicStore), nameof(ClaimStoreConformanceTests.Commit_OneStaleClaimAmongGoodOnes_WritesNothingAtAll) },
        { typeof(NonAtomicStore), nameof(ClaimStoreConformanceTests.Commit_TakeoversUnderReaders_AreSeenWhole) },
        { typeof(ForgottenEventsStore), nameof(ClaimStoreConformanceTests.Commit_ClaimsEventsAndWork_AreAllThere) },
        { typeof(ForgottenEventsStore), nameof(ClaimStoreConformanceTests.Commit_TakeoversUnderReaders_AreSeenWhole) },
        { typeof(ForgottenCompletionStore), nameof(ClaimStoreConformanceTests.Commit_WithCompletion_WritesClaimAndOutcome) },
        { typeof(SwallowedCancellationStore), nameof(ClaimStoreConformanceTests.EveryCall_CancelledToken_ThrowsOperationCanceled) },
        { typeof(SwallowedCancellationStore), nameof(ClaimStoreConformanceTests.EveryCall_CancelledToken_ChangesNothing) },
        { typeof(TruncatedTimeStore), nameof(ClaimStoreConformanceTests.Instants_OfWholeMilliseconds_AreKept) },
        { typeof(TruncatedTimeStore), nameof(ClaimStoreConformanceTests.Instants_OneMillisecondApart_AreOrdered) },
        { typeof(ReusedGenerationStore), nameof(ClaimStoreConformanceTests.Commit_GenerationNotAboveTheNewest_IsAConflict) },
        { typeof(CaseInsensitiveKeysStore), nameof(ClaimStoreConformanceTests.Keys_ThatDifferInCase_AreDifferent) },
        { typeof(StaleHolderStore), nameof(ClaimStoreConformanceTests.FindHolding_HolderChangesOrEnds_IsTold) },
        { typeof(StaleHolderStore), nameof(ClaimStoreConformanceTests.EveryCall_InRandomHistories_AnswersAsIfInSomeOrder) },
        { typeof(OffsetPagingStore), nameof(ClaimStoreConformanceTests.List_WritesBetweenPages_MissesAndRepeatsNoneThatExistsThroughout) },
        { typeof(DoubleLeaseStore), nameof(ClaimStoreConformanceTests.LeaseDueClaims_ManyWorkers_LeaseEachClaimOnce) },
        { typeof(UnfairLeaseStore), nameof(ClaimStoreConformanceTests.LeaseDueClaims_UnusedLease_GoesToTheBack) },
        { typeof(OutboxOutOfOrderStore), nameof(ClaimStoreConformanceTests.LeaseWork_OneDomain_GivesTheNextOnlyWhenTheFirstIsSettled) },
        { typeof(OutboxOutOfOrderStore), nameof(ClaimStoreConformanceTests.LeaseWork_ManyWorkers_DoEachOnceAndInOrderForEachDomain) },
        { typeof(ForgottenBringForwardStore), nameof(ClaimStoreConformanceTests.Commit_WorkDueBeforeTheHead_BringsTheHeadForward) },
        { typeof(IgnoredTargetStore), nameof(ClaimStoreConformanceTests.LeaseWork_OtherTargetsOfTheDomain_DoNotWait) },
        { typeof(IgnoredTargetStore), nameof(ClaimStoreConformanceTests.LeaseWork_RetryOfOneTarget_HoldsUpNoOther) },
        { typeof(IgnoredTargetStore), nameof(ClaimStoreConformanceTests.Settle_HeadOfOneTargetOnly_IsCommitted) },
        { typeof(IgnoredTargetStore), nameof(ClaimStoreConformanceTests.Commit_WorkDueBeforeTheHeads_BringsOnlyThatOfItsTargetForward) },
        { typeof(IgnoredTargetStore), nameof(ClaimStoreConformanceTests.Replay_DeadLetterOfOneTarget_GoesToTheEndOfItsOwnQueue) },
        { typeof(IgnoredTargetStore), nameof(ClaimStoreConformanceTests.Replay_IntoAnEmptyQueueBesideOthers_IsLeasedWhenDue) },
        { typeof(OutOfOrderTargetStore), nameof(ClaimStoreConformanceTests.LeaseWork_OneTarget_IsInOrderWhateverItsKindAndItsClaim) },
        { typeof(OutOfOrderTargetStore), nameof(ClaimStoreConformanceTests.LeaseWork_ManyWorkersWhileWorkIsAdded_DoEachOnceAndInOrderForEachTarget) },
        { typeof(CaseInsensitiveTargetStore), nameof(ClaimStoreConformanceTests.LeaseWork_OtherTargetsOfTheDomain_DoNotWait) },
        { typeof(EagerBringForwardStore), nameof(ClaimStoreConformanceTests.Commit_WorkDueBeforeTheHeads_BringsOnlyThatOfItsTargetForward) },
        { typeof(EagerBringForwardStore), nameof(ClaimStoreConformanceTests.Commit_WorkOfSeveralTargets_BringsEachHeadForwardToItsOwn) },
        { typeof(ForgottenStepsStore), nameof(ClaimStoreConformanceTests.Commit_EachStateOfTransferStepAndHealth_IsReadAsItWasWritten) },
        { typeof(ForgottenReviewStore), nameof(ClaimStoreConformanceTests.Commit_NewClaimBesideOneInReview_IsAConflict) },
        { typeof(ReusedGenerationStore), nameof(ClaimStoreConformanceTests.Commit_NewClaimAfterARejectedOne_NeedsAHigherGeneration) },
        { typeof(UnfencedNewHolderStore), nameof(ClaimStoreConformanceTests.Commit_NewClaimThatHoldsAtOnce_NeedsAFreshEpoch) },
        { typeof(UnfencedNewHolderStore), nameof(ClaimStoreConformanceTests.Commit_NewClaimThatTakesTheDomainOver_NeedsAFreshEpochAndTheEndOfTheHolder) },
        { typeof(CheckThenWriteStore), nameof(ClaimStoreConformanceTests.Commit_ManyNewClaimsThatHoldAtOnce_OneIsWritten) },
        { typeof(AtMostOnceStore), nameof(ClaimStoreConformanceTests.LeaseWork_NeverSettled_ComesAgainWhenTheLeaseEnds) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task BrokenStore_FactThatNamesItsFault_Fails(Type store, string fact)
    {
        var failure = await SuiteRunner.RunAsync(() => new WrappedStoreSuite(() => (IClaimStore)Activator.CreateInstance(store)!), fact);

        Assert.True(failure is Xunit.Sdk.XunitException, $"{store.Name} in {fact} gave: {failure?.ToString() ?? "no failure"}");
    }

    [Fact]
    public async Task WrappedStore_WithNothingBroken_PassesEveryFact()
    {
        var results = await SuiteRunner.RunAsync(() => new WrappedStoreSuite(() => new WrappedStore()));

        Assert.True(results.Count > 90, $"Only {results.Count} facts were run.");
        Assert.DoesNotContain(results, result => result.Value is not (null or ContractSkippedException));
    }
}
