namespace DomainVerification.ConformanceTests.Histories;

/// <summary>A call that a thread made, when it began and ended in the order of all calls, and what it answered.</summary>
/// <param name="Thread">The number of the thread.</param>
/// <param name="Began">The place of its begin.</param>
/// <param name="Ended">The place of its end.</param>
/// <param name="Text">The call and its answer, for people.</param>
/// <param name="Step">
/// The model after the call, or <see langword="null"/> where the model before it allows no such answer.
/// </param>
internal sealed record RecordedCall(int Thread, long Began, long Ended, string Text, Func<ClaimModel, ClaimModel?> Step)
{
    public override string ToString() => $"thread {Thread} [{Began,3}..{Ended,3}] {Text}";
}
