using System.Threading.Tasks.Sources;

namespace DomainVerification.Dns.Tests;

/// <summary>A resolver of a host's own that breaks the rules fails its batch, and neither the thread that it runs on nor the caller's waiting.</summary>
public sealed class LookupBatchFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task AnswerThatWasTakenBefore_FailsTheBatch()
    {
        AnswerSource first = new();
        AnswerSource used = new();
        var taken = used.Answer;
        used.Forget();

        var all = LookupBatch.RunAsync(new Work([first.Answer, taken]), maxInFlight: 1, CancellationToken.None);
        first.Set();

        await Assert.ThrowsAsync<InvalidOperationException>(() => all.WaitAsync(Patience));
    }

    private sealed class Work(ValueTask<DnsLookup>[] answers) : ILookupWork
    {
        public int Count => answers.Length;

        public long Now => 0;

        public ValueTask<DnsLookup> AskAsync(int index, CancellationToken cancellationToken) => answers[index];

        public ValueTask TakeAsync(int index, DnsLookup lookup, long started, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed class AnswerSource : IValueTaskSource<DnsLookup>
    {
        private ManualResetValueTaskSourceCore<DnsLookup> _core;

        public ValueTask<DnsLookup> Answer => new(this, _core.Version);

        public void Set() => _core.SetResult(Batches.Nothing);

        public void Forget() => _core.Reset();

        public DnsLookup GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
