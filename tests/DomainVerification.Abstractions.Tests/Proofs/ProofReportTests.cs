namespace DomainVerification.Abstractions.Tests.Proofs;

public sealed class ProofReportTests
{
    private static readonly DateTimeOffset Now = new(2030, 5, 17, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parts_AreWrittenWhenReadAndOnlyOnce()
    {
        var details = new CountingDetails();
        var report = new ProofReport(ProofOutcome.Proved, details);
        Assert.Equal(0, details.Written);

        Assert.Equal("proved", report.Diagnosis.Code);
        Assert.Equal(1, details.Written);

        Assert.Same(report.Diagnosis, report.Diagnosis);
        Assert.Same(report.Evidence, report.Evidence);
        Assert.Same(report.Observations, report.Observations);
        Assert.Equal(3, details.Written);
    }

    [Fact]
    public void Parts_OfTheirOwn_GoBeforeThoseThatWouldBeWritten()
    {
        var details = new CountingDetails();
        var diagnosis = new ProofDiagnosis("other", "Other.");
        var report = new ProofReport(ProofOutcome.Proved, details) with
        {
            Diagnosis = diagnosis,
            Evidence = null,
            Observations = [],
            RetryAfter = null,
        };

        Assert.Same(diagnosis, report.Diagnosis);
        Assert.Null(report.Evidence);
        Assert.Empty(report.Observations);
        Assert.Empty(report.FurtherObservations);
        Assert.Null(report.RetryAfter);
        Assert.Equal(Now, report.CheckedAt);
        Assert.Equal(0, details.Written);
    }

    [Fact]
    public void Parts_ThatAreGivenOneAfterTheOther_AllStand()
    {
        var report = new ProofReport(ProofOutcome.Proved, new CountingDetails());
        var later = Now.AddMinutes(1);
        var changed = report with { CheckedAt = later } with { RetryAfter = TimeSpan.FromSeconds(5) } with { Elapsed = TimeSpan.FromSeconds(1) };

        Assert.Equal(later, changed.CheckedAt);
        Assert.Equal(TimeSpan.FromSeconds(5), changed.RetryAfter);
        Assert.Equal("proved", changed.Diagnosis.Code);
        Assert.NotNull(changed.Evidence);
        Assert.Equal(Now, report.CheckedAt);
        Assert.Equal(TimeSpan.FromSeconds(60), report.RetryAfter);
    }

    /// <summary>Each order of giving the parts makes the same report, and the last that is given of one kind stands.</summary>
    [Fact]
    public void Parts_InAnyOrder_MakeTheSameReport()
    {
        var diagnosis = new ProofDiagnosis("other", "Other.");
        ProofObservation[] observations = [Observation("a TXT")];
        ProofObservation[] further = [Observation("b TXT")];
        Func<ProofReport, ProofReport>[] steps =
        [
            report => report with { Diagnosis = diagnosis },
            report => report with { Evidence = null },
            report => report with { Observations = observations },
            report => report with { FurtherObservations = further },
            report => report with { CheckedAt = Now.AddDays(1) },
            report => report with { RetryAfter = null },
            report => report with { RetryAfter = TimeSpan.FromSeconds(7) },
            report => report with { Outcome = ProofOutcome.Inconclusive },
        ];

        foreach (var order in Orders(steps.Length))
        {
            foreach (var start in new[] { new ProofReport(ProofOutcome.Proved, new CountingDetails()), Empty() })
            {
                var report = order.Aggregate(start, (before, step) => steps[step](before));

                Assert.Equal(ProofOutcome.Inconclusive, report.Outcome);
                Assert.Same(diagnosis, report.Diagnosis);
                Assert.Null(report.Evidence);
                Assert.Same(observations, report.Observations);
                Assert.Same(further, report.FurtherObservations);
                Assert.Equal(Now.AddDays(1), report.CheckedAt);
                Assert.Equal(Array.IndexOf(order, 5) > Array.IndexOf(order, 6) ? null : TimeSpan.FromSeconds(7), report.RetryAfter);
            }
        }

        static ProofReport Empty() => new() { Outcome = ProofOutcome.Proved, Diagnosis = new ProofDiagnosis("first", "First."), CheckedAt = Now };
    }

    /// <summary>What is given to a copy, the report that it was made of does not have, nor what others are made of.</summary>
    [Fact]
    public void Parts_GivenToACopy_AreItsOwn()
    {
        var report = new ProofReport(ProofOutcome.Proved, new CountingDetails()) with { RetryAfter = TimeSpan.FromSeconds(1) };
        var first = report with { Observations = [] };
        var second = report with { Observations = [Observation("b TXT")], RetryAfter = TimeSpan.FromSeconds(2) };

        Assert.Empty(first.Observations);
        Assert.Equal("b TXT", Assert.Single(second.Observations).Question);
        Assert.Equal("a TXT", Assert.Single(report.Observations).Question);
        Assert.Equal([1, 1, 2], new[] { report, first, second }.Select(each => each.RetryAfter!.Value.TotalSeconds));
    }

    [Fact]
    public void Copies_AreEqualWhoeverWasReadFirst()
    {
        var report = new ProofReport(ProofOutcome.Proved, new CountingDetails());
        var copy = report with { };
        Assert.Equal("proved", copy.Diagnosis.Code);
        Assert.NotEmpty(copy.Observations);

        Assert.Equal(report, copy);
        Assert.Equal(report.GetHashCode(), copy.GetHashCode());
        Assert.NotEqual(report, copy with { Outcome = ProofOutcome.NotProved });
        Assert.NotEqual(report, copy with { Evidence = null });
        Assert.NotEqual(report, copy with { Diagnosis = new ProofDiagnosis("other", "Other.") });
        Assert.NotEqual(report, copy with { FurtherObservations = report.Observations });
        Assert.NotEqual(report, copy with { RetryAfter = TimeSpan.FromSeconds(1) });
    }

    [Fact]
    public void Report_MadeByItsProperties_HoldsThem()
    {
        var report = new ProofReport
        {
            Outcome = ProofOutcome.NotProved,
            Diagnosis = new ProofDiagnosis("record_not_found", "Nothing is there."),
            CheckedAt = Now,
        };

        Assert.Equal("record_not_found", report.Diagnosis.Code);
        Assert.Null(report.Evidence);
        Assert.Empty(report.Observations);
        Assert.Empty(report.FurtherObservations);
        Assert.Equal(report, report with { CheckedAt = Now });
    }

    private static ProofObservation Observation(string question) =>
        new() { Server = "192.0.2.53:53", Transport = "udp", Question = question, Answer = "answered" };

    /// <summary>Orders in which each place follows each other one.</summary>
    private static IEnumerable<int[]> Orders(int count) =>
        from step in new[] { 1, 3, 5, 7 }
        from start in Enumerable.Range(0, count)
        select Enumerable.Range(0, count).Select(place => (start + (place * step)) % count).ToArray();

    private sealed class CountingDetails : WrittenDetails
    {
        public int Written { get; private set; }

        public override DateTimeOffset CheckedAt => Now;

        public override TimeSpan? RetryAfter => TimeSpan.FromSeconds(60);

        protected override ProofDiagnosis WriteDiagnosis()
        {
            Written++;
            return new ProofDiagnosis("proved", "It is there.");
        }

        protected override ProofEvidence WriteEvidence()
        {
            Written++;
            return new ProofEvidence
            {
                Method = ProofMethod.DnsTxt,
                RecordName = "_challenge.example.com",
                Server = "192.0.2.53:53",
                ValueDigest = "00",
                ObservedAt = Now,
            };
        }

        protected override IReadOnlyList<ProofObservation> WriteObservations()
        {
            Written++;
            return [new ProofObservation { Server = "192.0.2.53:53", Transport = "udp", Question = "a TXT", Answer = "answered" }];
        }
    }
}
